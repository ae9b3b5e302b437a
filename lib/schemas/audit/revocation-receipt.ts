import { z } from "zod";

/** The `typ` of a receipt, so that nobody mistakes one for an access token. */
export const receiptType = "revocation-receipt+jwt";

const node = z.object({
  id: z.guid(),
  /** The node's machine and process. Left out for readers without access to the audit log. */
  name: z.string().optional(),
  /**
   * `acknowledged`: the node acknowledged the revocation. `lease_ended`: its lease had expired, so it answers nothing
   * from memory. `lease_renewed`: it got its lease after the revocation, so it reads the change first.
   */
  state: z.enum(["acknowledged", "lease_ended", "lease_renewed"]),
  /** When the lease ran out; null unless `lease_ended`. */
  lease_ended_at: z.iso.datetime().nullable(),
});

const client = z.object({
  /**
   * The key with which the client reads the organization's keys. Readers without access to the audit log get neither
   * this nor the next two fields.
   */
  key_id: z.string().optional(),
  key_name: z.string().optional(),
  address: z.string().nullable().optional(),
  node: z.guid(),
  state: z.enum(["acknowledged", "lease_ended", "no_lease"]),
});

/** The facts of a receipt as they are stored and signed: what was known when the revocation was answered. */
export const receiptFacts = z.object({
  organization: z.guid(),
  key_id: z.string(),
  key_name: z.string(),
  /** When the request that revoked the key arrived, by that node's clock. */
  revoked_at: z.iso.datetime(),
  reason: z.string(),
  /** When every node had acknowledged the revocation or lost its lease, by the database's clock. */
  effective_at: z.iso.datetime(),
  /**
   * `late` if the process that revoked the key ended before it recorded the receipt, or very many keys ended at once. The
   * nodes are then those known at `effective_at`, when the receipt was recorded.
   */
  recorded: z.enum(["at_answer", "late"]),
  nodes: z.array(node),
  nodes_total: z.int(),
  nodes_acknowledged: z.int(),
  /** Client libraries connected to the nodes that acknowledged; null if the receipt was recorded too late to know. */
  clients: z.array(client).nullable(),
  clients_total: z.int().nullable(),
  clients_acknowledged: z.int().nullable(),
});
export type ReceiptFacts = z.output<typeof receiptFacts>;

/** The claims of a signed receipt: issuer, time and facts. */
export type ReceiptClaims = ReceiptFacts & { readonly iss: string; readonly iat: number };
