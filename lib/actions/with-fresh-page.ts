import { refresh } from "next/cache";
import type { Result } from "@/lib/core/result";

/** Sends the page anew with the answer: after a change, and when somebody else's was there first. */
export function withFreshPage<T>(result: Result<T>): Result<T> {
  if (result.ok || result.code === "conflict" || result.code === "not_found") refresh();
  return result;
}
