import { z } from "zod";
import type { FieldError, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { wordIssue } from "@/lib/schemas/word-issue";
import { plainName } from "../http/plain-name";

const maximumErrors = 20;

/** Explains why a schema refuses a field that clients may expect it to accept. */
export const refusedFields = z.registry<Readonly<Record<string, string>>>();

const invalid = {
  body: "One or more fields are invalid; see errors.",
  query: "One or more query parameters are invalid; see errors.",
};

/** Validates client input. The failure lists what is wrong by field. */
export function checkInput<S extends z.ZodType>(
  what: "body" | "query",
  schema: S,
  sent: unknown,
): Result<z.output<S>> {
  const parsed = schema.safeParse(sent, { error: wordIssue });
  if (parsed.success) return success(parsed.data);
  const errors = parsed.error.issues.flatMap((issue): FieldError[] => {
    const path = issue.path.map(String);
    if (issue.code !== "unrecognized_keys") return [{ field: path.join("."), message: issue.message }];
    const refused = path.length === 0 ? refusedFields.get(schema) : undefined;
    return issue.keys.map((key) => ({
      field: [...path, plainName(key)].join("."),
      message:
        refused !== undefined && Object.hasOwn(refused, key)
          ? (refused[key] ?? "")
          : `This ${what === "query" ? "query parameter" : "field"} is unknown`,
    }));
  });
  return failure("invalid_request", invalid[what], errors.slice(0, maximumErrors));
}
