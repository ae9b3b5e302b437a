import type { Result } from "./result";
import { failure, success } from "./result";

/**
 * Merges an edit into the current state: fields the person changed take their values, the rest stay as they are now.
 * This way nobody reverts what somebody else changed while a form was open.
 *
 * @param asked what the form sends, changed or not
 * @param seen what the form showed before; undefined if the caller does not say, which means every field was changed
 * @returns a conflict, with the current state, if somebody else changed one of the same fields
 */
export function mergeEdit<Fields extends object>(
  current: Fields,
  asked: Fields,
  seen: Fields | undefined,
): Result<Fields> {
  if (seen === undefined) return success(asked);
  const differs = (field: keyof Fields, one: Fields, other: Fields) =>
    JSON.stringify(one[field]) !== JSON.stringify(other[field]);
  const fields = Object.keys(current) as (keyof Fields & string)[];
  const changed = fields.filter((field) => differs(field, asked, seen));
  const stale = changed.filter((field) => differs(field, current, seen) && differs(field, current, asked));
  if (stale.length > 0) {
    const faults = stale.map((field) => ({
      field,
      message: `Somebody changed this to “${String(current[field])}” in the meantime`,
    }));
    const detail = "Somebody changed this in the meantime. Look at what is there now, then save again.";
    return { ...failure("conflict", detail, faults), current: { ...current } as Record<string, unknown> };
  }
  return success({ ...current, ...Object.fromEntries(changed.map((field) => [field, asked[field]])) });
}
