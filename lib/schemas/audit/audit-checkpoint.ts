import { z } from "zod";

/** The `typ` of a checkpoint, so that nobody mistakes one for an access token. */
export const checkpointType = "audit-checkpoint+jwt";

export const chainHash = z.string().regex(/^[0-9a-f]{64}$/);

/** The claims of a checkpoint: where an organization's audit chain stood. */
export const checkpointClaims = z.object({
  iss: z.string(),
  iat: z.int().positive(),
  organization: z.guid(),
  /** The number of the last entry. */
  sequence: z.int().min(0),
  /** The last entry's hash. */
  hash: chainHash,
});
export type CheckpointClaims = z.output<typeof checkpointClaims>;
