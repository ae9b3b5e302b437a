import { z } from "zod";
import { chainHash } from "./audit-checkpoint";

/** What an entry tells that cuts the log: the last entry that is no longer kept, with its hash. */
export const cutDetails = z.object({ through: z.int().positive(), hash: chainHash });

/** What a change of settings and a cut tell of how many days entries are kept; null is for good. */
export const retentionDetails = z.object({ auditRetentionDays: z.int().positive().nullable() });
