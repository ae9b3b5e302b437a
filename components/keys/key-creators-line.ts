import type { KeyCreators } from "@/lib/core/access/permission";

/** Explains the missing button to people who may not generate keys. */
export const keyCreatorsLine: Record<KeyCreators, string> = {
  OWNER: "Only owners generate keys in this organization.",
  ADMIN: "Only owners and admins generate keys in this organization.",
  MEMBER: "Everyone generates keys in this organization.",
};
