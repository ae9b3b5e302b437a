import type { z } from "zod";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { wordIssue } from "@/lib/schemas/word-issue";

const fieldsMaximum = 20;

/** Parses the input of a call. It can be anything: a cycle, a promise, a list of a thousand, or nothing. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): Result<z.output<S>> {
  try {
    const parsed = schema.safeParse(input, { error: wordIssue });
    if (parsed.success) return success(parsed.data);
    const fields = parsed.error.issues.slice(0, fieldsMaximum).map(({ path, message }) => ({
      field: path.map(String).join("."),
      message: message.slice(0, 200),
    }));
    return failure("invalid_request", "Check the highlighted fields.", fields);
  } catch {
    // A getter threw, or the object is nested too deeply.
    return failure("invalid_request", "The request cannot be read.");
  }
}
