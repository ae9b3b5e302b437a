/** Does a new address lead to another server than the one before? Another path or query is the same receiver's matter. */
export function isOtherServer(before: string, after: string): boolean {
  return URL.canParse(after) && new URL(after).origin !== new URL(before).origin;
}
