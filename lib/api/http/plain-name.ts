/** The name of a field as an answer may quote it. What does not look like one could be a token in the wrong place. */
export function plainName(name: string | number): string {
  if (typeof name === "number") return String(name);
  return /^[a-z_]{1,32}$/.test(name) ? name : "?";
}
