import type { AccessLevel } from "@/lib/core/access-level";
import type { KeyType } from "@/lib/core/effective-permissions";
import type { KeyStatus, RevocationReason, StatusFilter } from "@/lib/core/key-status";
import type { NamespaceType } from "@/lib/core/namespace";

/** How the interface says what the core names. */
export const typeWords: Record<KeyType, string> = { secret: "Secret", public: "Public" };

export const statusWords: Record<KeyStatus, string> = {
  active: "Active",
  rolling: "Rolling",
  expired: "Expired",
  revoked: "Revoked",
  deleted: "Deleted",
};

export const filterWords: Record<StatusFilter, string> = {
  active: "Active",
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

export const levelHints: Record<AccessLevel, string> = {
  OWNER: "Everything an owner may do through the API.",
  ADMIN: "Manages what is in the namespace, and verifies and revokes keys.",
  MEMBER: "Reads what is in the namespace.",
};
