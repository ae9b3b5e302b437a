import type { KeyManager } from "@/lib/core/access/manage-keys";
import type { MemberContext } from "./context";

/** This person as the argument of the rules in lib/core/access/manage-keys. */
export function keyManager({ organization, actor, level }: MemberContext): KeyManager {
  return { userId: actor.userId, level, keyCreators: organization.keyCreators };
}
