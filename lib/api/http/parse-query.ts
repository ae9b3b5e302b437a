import { z } from "zod";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { invalidInput } from "../operate/invalid-input";

const nothing = z.strictObject({});

/** Parses and validates a URL's query string. A repeated parameter is ambiguous, so it is refused. */
export function parseQuery(url: string, schema: z.ZodType = nothing): Result<unknown> {
  const parameters = new URL(url).searchParams;
  const names = new Set(parameters.keys());
  if (names.size < parameters.size) {
    return failure("invalid_request", "A parameter appears in the query string more than once.");
  }
  const parsed = schema.safeParse(Object.fromEntries(parameters));
  return parsed.success ? success(parsed.data) : invalidInput("query", parsed.error);
}
