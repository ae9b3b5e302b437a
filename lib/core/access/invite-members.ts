import type { AccessLevel } from "./access-level";
import type { KeyCreators } from "./permission";
import { creatableUserLevels, levelHolds } from "./permission";

/**
 * The levels this person may invite to, and whose invitations they may see and revoke, highest first; empty if they may
 * not invite. Same as the levels of users they may create, except that owners may also invite owners: an organization
 * can have several, and a key cannot create one.
 */
export function invitableLevels(level: AccessLevel, keyCreators: KeyCreators): AccessLevel[] {
  if (!levelHolds(level, "users:create", keyCreators)) return [];
  const below = creatableUserLevels(level).reverse();
  return level === "OWNER" ? [level, ...below] : below;
}
