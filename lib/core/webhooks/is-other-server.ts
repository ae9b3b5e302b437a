/** Does the new URL point to another server than the old one? A different path or query does not count. */
export function isOtherServer(before: string, after: string): boolean {
  return URL.canParse(after) && new URL(after).origin !== new URL(before).origin;
}
