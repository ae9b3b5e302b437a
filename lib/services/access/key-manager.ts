import type { KeyManager } from "@/lib/core/access/manage-keys";
import type { MemberContext } from "./context";

/** This person as the rules of lib/core/access/manage-keys see them. */
export function keyManager({ organization, actor, level }: MemberContext): KeyManager {
  return { userId: actor.userId, level, keyCreators: organization.keyCreators };
}
