/** Prisma passes `contains` to LIKE unescaped, where these three characters have a meaning. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
