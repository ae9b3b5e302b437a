/** Freezes a value of JSON and everything in it, because several users get the same one. */
export function deeplyFrozen<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const inside of Object.values(value)) deeplyFrozen(inside);
  return Object.freeze(value);
}
