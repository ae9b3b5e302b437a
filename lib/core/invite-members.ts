import type { AccessLevel } from "./access-level";
import type { KeyCreators } from "./permission";
import { creatableUserLevels, levelHolds } from "./permission";

/**
 * The levels that a person of this level may invite to, and whose invitations they see and revoke; none
 * when they may not invite. Those of the users that they may create, and of an owner their own besides: an
 * organization can have several owners, and no key makes one. Highest first.
 */
export function invitableLevels(level: AccessLevel, keyCreators: KeyCreators): AccessLevel[] {
  if (!levelHolds(level, "users:create", keyCreators)) return [];
  const below = creatableUserLevels(level).reverse();
  return level === "OWNER" ? [level, ...below] : below;
}
