/**
 * A field's name for quoting in a response. Anything unusual is withheld, since it could be a token in the wrong place.
 */
export function plainName(name: string | number): string {
  if (typeof name === "number") return String(name);
  return /^[a-z_]{1,32}$/.test(name) ? name : "?";
}
