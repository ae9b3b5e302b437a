import { countOf } from "@/components/ui/count-of";
import type { ReceiptFacts } from "@/lib/schemas/audit/revocation-receipt";

type Node = ReceiptFacts["nodes"][number];
type Client = NonNullable<ReceiptFacts["clients"]>[number];

export const nodeStateWords: Record<Node["state"], string> = {
  acknowledged: "Acknowledged",
  lease_ended: "Lease ended",
  lease_renewed: "New lease since",
};

export const clientStateWords: Record<Client["state"], string> = {
  acknowledged: "Acknowledged",
  lease_ended: "Lease ended",
  no_lease: "Held no lease",
};

/** The page of a key's receipt. */
export function receiptAddress(organization: string, keyId: string): string {
  return `/${organization}/settings/receipts/${keyId}`;
}

/** What the toast says after Revoke. */
export function revokedText(name: string, facts: ReceiptFacts | null): string {
  const done = `“${name}” was revoked.`;
  return facts === null ? done : `${done} ${witnessText(facts)}`;
}

/** How many nodes and clients acknowledged the revocation, as a sentence. */
export function witnessText({
  nodes_total,
  nodes_acknowledged,
  clients_total,
  clients_acknowledged,
}: ReceiptFacts): string {
  if (nodes_total === 0) return "No node was running.";
  const all = [countOf(nodes_total, "node"), ...(clients_total ? [countOf(clients_total, "client")] : [])];
  const total = nodes_total + (clients_total ?? 0);
  const silent = total - nodes_acknowledged - (clients_acknowledged ?? 0);
  if (silent === 0) return `${capital(all.join(" and "))} acknowledged it.`;
  return `${total - silent} of ${all.join(" and ")} acknowledged it; ${silent === 1 ? "the other one holds" : "the others hold"} no lease from before.`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
