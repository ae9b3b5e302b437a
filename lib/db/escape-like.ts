/** Prisma hands `contains` to LIKE as it is, where these three mean something. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
