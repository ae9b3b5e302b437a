/**
 * Joins class names. Their order does not decide which one wins, so a caller that overrides a component's style needs
 * `!`.
 */
export function classNames(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter((name) => name).join(" ");
}
