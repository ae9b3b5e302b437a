/** Freezes a JSON value and everything in it, because several callers share it. */
export function deeplyFrozen<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const inside of Object.values(value)) deeplyFrozen(inside);
  return Object.freeze(value);
}
