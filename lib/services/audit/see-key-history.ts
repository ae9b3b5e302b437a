import { mayManageKey } from "@/lib/core/access/manage-keys";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";
import { keyManager } from "@/lib/services/access/key-manager";

/** Whether this person may see the key, and so its history. @returns the refusal; null if they may */
export async function seeKeyHistory(context: MemberContext, keyId: string): Promise<Failure | null> {
  const key = await database().apiKey.findFirst({
    where: { id: keyId, organizationId: context.organization.id, deletedAt: null },
    select: { accessLevel: true, creatorId: true },
  });
  const isSeen = key !== null && mayManageKey(keyManager(context), "read", key);
  return isSeen ? null : failure("not_found", "There is no such API key.");
}
