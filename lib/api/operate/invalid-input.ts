import type { z } from "zod";
import type { Failure, FieldError } from "@/lib/core/result";
import { failure } from "@/lib/core/result";

const maximumErrors = 20;

/** A plausible name of a field. Anything else could be a token in the wrong place. */
const plainName = /^[a-z_]{1,32}$/;

/** What is wrong with an input, by field. An unknown name is quoted only if it cannot be a token. */
export function invalidInput(what: "body" | "query", error: z.ZodError): Failure {
  const errors = error.issues.flatMap((issue): FieldError[] => {
    const path = issue.path.map(String);
    if (issue.code !== "unrecognized_keys") return [{ field: path.join("."), message: issue.message }];
    return issue.keys.map((key) => ({
      field: [...path, plainName.test(key) ? key : "?"].join("."),
      message: "This field is unknown",
    }));
  });
  return failure("invalid_request", `The ${what} is not valid.`, errors.slice(0, maximumErrors));
}
