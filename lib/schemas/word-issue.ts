import type { z } from "zod";

/**
 * The message for a fault that a schema does not word itself. Pass it to every parse of client input: zod's own
 * messages name its types and can quote its patterns.
 */
export function wordIssue(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? "This is required"
        : `This must be ${kinds[issue.expected] ?? "another type"}`;
    case "invalid_value":
      if (issue.input === undefined) return "This is required";
      return issue.values.length === 1
        ? `This must be ${String(issue.values[0])}`
        : `This must be one of ${issue.values.map(String).join(", ")}`;
    case "too_big":
      return `This must ${amount(issue.origin, "at most", issue.maximum)}`;
    case "too_small":
      return `This must ${amount(issue.origin, "at least", issue.minimum)}`;
    case "invalid_format":
      return `This must be ${formats[issue.format] ?? "in the documented format"}`;
    case "not_multiple_of":
      return `This must be a multiple of ${issue.divisor}`;
    case "unrecognized_keys":
      return "This field is unknown";
    default:
      return "This value is invalid";
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "an array",
  object: "an object",
  record: "an object",
  null: "null",
};

const formats: Readonly<Record<string, string>> = {
  uuid: "a UUID",
  guid: "a UUID",
  email: "an email address",
  url: "a URL",
  datetime: "a date and time, such as 2026-11-21T09:30:00Z",
  date: "a date, such as 2026-11-21",
};

/** "be at most 5" or "have at most 5 items", for the end of a sentence. */
function amount(origin: string, bound: "at most" | "at least", count: number | bigint): string {
  const unit = units[origin];
  if (unit === undefined) return `be ${bound} ${count}`;
  return `have ${bound} ${count} ${unit}${Number(count) === 1 ? "" : "s"}`;
}

const units: Readonly<Record<string, string>> = { string: "character", array: "item", set: "item" };
