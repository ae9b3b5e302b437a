/**
 * Joins class names. When two set the same property, their order does not decide: a caller that overrides a component's
 * style marks its own with `!`.
 */
export function classNames(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter((name) => name).join(" ");
}
