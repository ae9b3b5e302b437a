import type { Result } from "@/lib/core/result";
import { nothingHere } from "./parse-request";

/**
 * Translates a verb's result into the API's terms: one "not found" for everything that a credential does not see, and
 * the API's names of fields.
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

/** Converts a name to the API's spelling: `accessLevel` becomes `access_level`. */
export function inSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
