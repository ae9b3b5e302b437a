import { grouped } from "@/components/ui/grouped";
import type { AuditDetails } from "@/lib/services/audit/record-audit-entry";
import { periodWords, rateWords } from "../limits/rate-words";
import { joined } from "./joined";

/** Each change that an edit made, such as "renamed the key from “A” to “B”". */
export function changeTexts(details: AuditDetails): string[] {
  return [
    ...nameText(details),
    ...writtenText("description", details),
    ...listTexts("role", details.rolesBefore, details.roles),
    ...writtenText("subject", details),
    ...writtenText("metadata", details),
    ...listTexts("label", details.labelsBefore, details.labels),
    ...addressText(details),
    ...rateText(details),
  ];
}

function nameText({ nameBefore: before, name: after }: AuditDetails): string[] {
  return before === undefined || before === after ? [] : [`renamed the key from “${before}” to “${after}”`];
}

/** The change of an optional text. Metadata and descriptions can be long, so only a subject is quoted. */
function writtenText(field: "description" | "subject" | "metadata", details: AuditDetails): string[] {
  const [before, after] = [details[`${field}Before`] || null, details[field] || null];
  if (before === after) return [];
  if (after === null) return [`removed the ${field}`];
  const quoted = field === "subject" ? ` to “${after}”` : "";
  return [before === null && field !== "subject" ? `added ${article[field]}` : `set the ${field}${quoted}`];
}

const article = { description: "a description", metadata: "metadata" };

function listTexts(word: "role" | "label", before: unknown, after: unknown): string[] {
  const [was, is] = [textsOf(before), textsOf(after)];
  const said = (verb: string, texts: readonly string[]) =>
    texts.length === 0 ? [] : [`${verb} the ${word}${texts.length === 1 ? "" : "s"} ${joined(texts)}`];
  return [
    ...said(
      "added",
      is.filter((text) => !was.includes(text)),
    ),
    ...said(
      "removed",
      was.filter((text) => !is.includes(text)),
    ),
  ];
}

function addressText({ allowedAddressesBefore: before, allowedAddresses: after }: AuditDetails): string[] {
  if (before === undefined) return [];
  const ranges = textsOf(after);
  return [
    ranges.length === 0 ? "allowed calls from everywhere" : `allowed calls only from ${joined(ranges)}`,
  ];
}

function rateText(details: AuditDetails): string[] {
  if (details.rateLimitRequestsBefore === undefined) return [];
  const before = rateOf(details.rateLimitRequestsBefore, details.rateLimitSecondsBefore);
  const after = rateOf(details.rateLimitRequests, details.rateLimitSeconds);
  if (after === null) return ["removed the rate limit"];
  if (before === null) return [`limited calls to ${rateWords(after)}`];
  if (before.seconds !== after.seconds) {
    return [`changed the rate limit from ${rateWords(before)} to ${rateWords(after)}`];
  }
  const verb = after.requests > before.requests ? "raised" : "lowered";
  return [
    `${verb} the rate limit from ${grouped(before.requests)} to ${grouped(after.requests)} requests per ${periodWords(after.seconds)}`,
  ];
}

function rateOf(requests: unknown, seconds: unknown) {
  return typeof requests === "number" && typeof seconds === "number" ? { requests, seconds } : null;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === "string") : [];
}
