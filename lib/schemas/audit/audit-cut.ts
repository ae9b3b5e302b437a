import { z } from "zod";
import { chainHash } from "./audit-checkpoint";

/** The details of an entry that records a cut: the number and hash of the last entry removed. */
export const cutDetails = z.object({ through: z.int().positive(), hash: chainHash });

/** The retention recorded by a change of settings or a cut; null means forever. */
export const retentionDetails = z.object({ auditRetentionDays: z.int().positive().nullable() });
