import type { Result } from "@/lib/core/result";
import type { ActingContext } from "@/lib/services/access/key-context";
import { refuseAuditReader } from "./refuse-audit-reader";
import type { SignedCheckpoint } from "./sign-checkpoint";
import { signCheckpoint } from "./sign-checkpoint";

/** The signed head of the organization's audit chain, for actors who may read the audit log. */
export async function readAuditCheckpoint(context: ActingContext): Promise<Result<SignedCheckpoint>> {
  const refusal = refuseAuditReader(context);
  return refusal ?? signCheckpoint(context.organization.id, context.origin.at);
}
