/**
 * Joins class names. When two set the same property, their order does not decide: a caller that overrides a component's
 * style marks its own with `!`.
 */
export { clsx as classNames } from "clsx";
