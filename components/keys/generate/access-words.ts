import type { AccessLevel } from "@/lib/core/access/access-level";
import type { NamespaceType } from "@/lib/core/access/namespace";

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
