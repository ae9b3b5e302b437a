import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import { attributesOfKey } from "./key-attributes";
import { limitsOfKey } from "./key-limits";

/**
 * Refuses a change that was based on another version of the key than the current one. What to do next depends on what
 * changed in between, so the caller has to look first.
 *
 * @param seen undefined skips the check
 */
export function refuseOtherVersion(key: ApiKeyModel, seen: number | undefined): Failure | null {
  if (seen === undefined || seen === key.version) return null;
  const { version, name, description } = key;
  const detail = `This API key was changed in the meantime: it is at version ${version}, not ${seen}. Review it, then decide.`;
  return {
    ...failure("conflict", detail, [{ field: "version", message: `The version is ${version} now` }]),
    current: { version, name, description, ...attributesOfKey(key), ...limitsOfKey(key) },
  };
}
