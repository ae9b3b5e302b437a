import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";
import type { LifetimePreview } from "@/lib/services/organizations/lifetime-preview";
import { updateOrganization } from "@/lib/services/organizations/update-organization";
import type { Answered, AskNode, Step } from "./step";
import { toldVerdict } from "./told-verdict";

type CheckedKey = { readonly id: string; readonly checks: readonly number[] };

/** Pauses and resumes a key twice. Like a pause, an answered resumption must take effect on every node. */
export function pauseAndResume(askNode: AskNode, { id, checks: alters }: CheckedKey): Step[] {
  const become = (act: string, verdict: string) => ({
    kind: act,
    alters,
    verdict,
    perform: () => askNode("POST", `/v1/keys/${formatKeyId(id)}/${act}`),
  });
  const [pause, resume] = [become("pause", "PAUSED"), become("resume", "VALID")];
  return [pause, resume, pause, resume];
}

/** Gives a key a subject, then metadata, then other values, then none. */
export function changeOwner(askNode: AskNode, { id, checks: alters }: CheckedKey): Step[] {
  const states = [
    ["cus_1", null],
    ["cus_1", { plan: "free", seats: 1 }],
    ["cus_2", { plan: "pro" }],
    [null, { plan: "pro" }],
    [null, null],
  ] as const;
  return states.map(([subject, metadata]) => ({
    kind: "subject and metadata",
    alters,
    verdict: toldVerdict("VALID", subject, metadata && JSON.stringify(metadata)),
    perform: () => askNode("PATCH", `/v1/keys/${formatKeyId(id)}`, { subject, metadata }),
  }));
}

/** So old that a maximum lifetime of 2000 days ends this key, and no other key of the test. */
export const longAgo = new Date("2020-01-01T00:00:00.000Z");

/**
 * The calling key's creation: in the future, because under a maximum lifetime it may not roll or resume keys that end
 * after it.
 */
export const newest = () => new Date(Date.now() + 3_600_000);

/**
 * Ends a key by shortening the maximum lifetime, and revives it by extending or removing that, without changing the
 * key.
 */
export function shortenAndExtend(organization: TestOrganization, { checks: alters }: CheckedKey): Step[] {
  const maxima = [2000, 3650, 1999, null, 2000, 3000, 1998, null, 2000, null, 1000, 3650, 999, null];
  return maxima.map((days) => ({
    kind: `maximum lifetime: ${days ?? "none"}`,
    alters,
    verdict: days === null || days >= 3000 ? "VALID" : "EXPIRED",
    perform: () => setMaximum(organization, days),
  }));
}

/** Sets the maximum lifetime as a person does: reviews the keys that it ends, then confirms. */
async function setMaximum(organization: TestOrganization, days: number | null): Promise<Answered> {
  const owner = await organization.as("OWNER");
  const first = await updateOrganization(owner, { maximumLifetimeDays: days });
  if (first.ok) return true;
  const shown = first.current?.lifetimePreview as LifetimePreview | undefined;
  if (shown === undefined) throw new Error(first.detail);
  const confirmed = await updateOrganization(owner, { maximumLifetimeDays: days, shown });
  if (!confirmed.ok) throw new Error(confirmed.detail);
  return true;
}
