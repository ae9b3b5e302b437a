import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { KeyType } from "@/lib/core/access/effective-permissions";
import type { NamespaceType } from "@/lib/core/access/namespace";
import type { KeyCreators } from "@/lib/core/access/permission";
import type { KeyLifetime } from "@/lib/core/keys/effective-end";
import type { KeyListStatus } from "@/lib/core/keys/key-list-settings";
import type { KeyRateLimit } from "@/lib/core/keys/key-rate-limit";
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

/** Headings for groups of namespaces. */
export const namespaceGroupWords: Record<NamespaceType, string> = {
  organization: "Organization",
  application: "Applications",
  workspace: "Workspaces",
  usergroup: "User groups",
};

export const levelHints: Record<AccessLevel, string> = {
  OWNER: "Everything an owner may do through the API.",
  ADMIN: "Manages what is in the namespace, and verifies and revokes keys.",
  MEMBER: "Reads what is in the namespace.",
};

const namedPeriods = new Map([
  [1, "second"],
  [60, "minute"],
  [3_600, "hour"],
  [86_400, "day"],
  [2_592_000, "30 days"],
]);

/** The period of a rate limit: "minute", or "90 seconds" if it has no name. */
export function periodWords(seconds: number): string {
  return namedPeriods.get(seconds) ?? `${grouped(seconds)} seconds`;
}

export function rateWords({ requests, seconds }: KeyRateLimit): string {
  const many = countOf(requests, "request");
  return `${many} per ${periodWords(seconds)}`;
}

/** Explains the missing button to people who may not generate keys. */
export const keyCreatorsLine: Record<KeyCreators, string> = {
  OWNER: "Only owners generate keys in this organization.",
  ADMIN: "Only owners and admins generate keys in this organization.",
  MEMBER: "Everyone generates keys in this organization.",
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
