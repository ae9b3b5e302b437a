import { z } from "zod";

/** `typ` of a receipt, so that none is ever taken for an access token. */
export const receiptType = "revocation-receipt+jwt";

const node = z.object({
  id: z.guid(),
  /** Its machine and process. Left out for somebody who may not read the audit log. */
  name: z.string().optional(),
  /**
   * It had acknowledged the revocation; or its lease had run out, so it answers nothing from memory; or it has a lease
   * that it got after the revocation, so that it reads the change first.
   */
  state: z.enum(["acknowledged", "lease_ended", "lease_renewed"]),
  /** When the lease ran out; null unless `lease_ended`. */
  lease_ended_at: z.iso.datetime().nullable(),
});

const client = z.object({
  /** The key with which it reads the organization's keys. Left out, like the next two, for somebody who may not read the audit log. */
  key_id: z.string().optional(),
  key_name: z.string().optional(),
  address: z.string().nullable().optional(),
  node: z.guid(),
  state: z.enum(["acknowledged", "lease_ended", "no_lease"]),
});

/** What was known when a revocation was answered, as it is kept and signed. */
export const receiptFacts = z.object({
  organization: z.guid(),
  key_id: z.string(),
  key_name: z.string(),
  /** When the request arrived that revoked the key, on that node's clock. */
  revoked_at: z.iso.datetime(),
  reason: z.string(),
  /** When every node had acknowledged it or had no lease, on the database's clock. */
  effective_at: z.iso.datetime(),
  /**
   * `late` if the process that revoked the key ended before it recorded this: then the nodes are those of `effective_at`,
   * which is when somebody first asked.
   */
  recorded: z.enum(["at_answer", "late"]),
  nodes: z.array(node),
  nodes_total: z.int(),
  nodes_acknowledged: z.int(),
  /** Of the nodes that had acknowledged; null if this was recorded too late to know. */
  clients: z.array(client).nullable(),
  clients_total: z.int().nullable(),
  clients_acknowledged: z.int().nullable(),
});
export type ReceiptFacts = z.output<typeof receiptFacts>;

/** The claims of a signed receipt: who signed it, when, and the facts. */
export type ReceiptClaims = ReceiptFacts & { readonly iss: string; readonly iat: number };
