import type { Result } from "@/lib/core/result";
import { nothingHere } from "./parse-request";

/**
 * What a verb answered, in the words of the API: one "not found" for all that a credential does not see,
 * whatever it is, and the names of fields as the API has them.
 */
export function inApiWords<T>(result: Result<T>): Result<T> {
  if (result.ok) return result;
  if (result.code === "not_found") return nothingHere;
  if (result.fields === undefined) return result;
  return {
    ...result,
    fields: result.fields.map(({ field, message }) => ({ field: inSnakeCase(field), message })),
  };
}

/** A name as the API writes it: `accessLevel` is `access_level`. */
export function inSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
