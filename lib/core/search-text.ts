/** A token, whole or cut, with the key id it holds. */
const tokenInText = /lk_[sp]k_([0-9A-Za-z]{16})[0-9A-Za-z]*/g;
/** A token cut so short that no key id is left. */
const tokenStart = /lk_[sp]k_[0-9A-Za-z]*/g;

/**
 * What is searched for when a person pastes a token: the key id in it. The search stands in the address
 * and so in histories and logs, where no secret may be; and the key is what they are looking for.
 */
export function searchText(typed: string): string {
  return typed.replace(tokenInText, "key_$1").replace(tokenStart, "");
}
