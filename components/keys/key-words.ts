import { countOf } from "@/components/ui/count-of";
import type { KeyType } from "@/lib/core/access/effective-permissions";
import type { NamespaceType } from "@/lib/core/access/namespace";
import type { KeyLifetime } from "@/lib/core/keys/effective-end";
import type { KeyListStatus } from "@/lib/core/keys/key-list-settings";
import type { KeyStatus, RevocationReason } from "@/lib/core/keys/key-status";

/** Interface labels for the core's terms. */
export const typeWords: Record<KeyType, string> = { secret: "Secret", public: "Public" };

export const statusWords: Record<KeyStatus, string> = {
  active: "Active",
  rolling: "Rolling",
  paused: "Paused",
  expired: "Expired",
  revoked: "Revoked",
  deleted: "Deleted",
};

export const filterWords: Record<KeyListStatus, string> = {
  active: "Active",
  rolling: "Rolling",
  paused: "Paused",
  revoked: "Revoked",
  expired: "Expired",
  all: "All",
};

export const reasonWords: Record<RevocationReason, string> = {
  person: "Revoked by a person",
  creator_removed: "Revoked when its creator lost access",
  leaked: "Revoked because it leaked",
  policy: "Revoked by a policy",
  resource_deleted: "Revoked when its namespace was deleted",
};

export const namespaceWords: Record<NamespaceType, string> = {
  organization: "Organization",
  application: "Application",
  workspace: "Workspace",
  usergroup: "User group",
};

/** "1 day", "90 days". */
export function daysText(days: number): string {
  return countOf(days, "day");
}

/** The policy behind a key's end, in words. */
export function policyWords({ maximumLifetimeDays }: Pick<KeyLifetime, "maximumLifetimeDays">): string {
  return `the maximum lifetime is ${daysText(maximumLifetimeDays ?? 0)}`;
}

/** Shown for a key that was paused by a leak report rather than a person. */
export const leakPauseWords = "Paused because it leaked";
