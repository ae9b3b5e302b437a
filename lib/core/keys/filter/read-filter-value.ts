import { accessLevels } from "../../access/access-level";
import { keyTypes } from "../../access/effective-permissions";
import { namespaceTypes } from "../../access/namespace";
import { typedText } from "../../typed-text";
import { labelName, labelValueMaximum } from "../attributes/key-labels";
import { isWithin, subjectMaximum, unshowable } from "../attributes/key-subject";
import { hygieneKinds } from "./hygiene";
import type { FilterKind } from "./key-filters";
import { readTimeFilter } from "./time-filter";

/** The maximum length of part of a name, in characters. */
const partMaximum = 100;

/** The id of a user, a resource or an organization's own role. */
export const uuidPattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const namespacePattern = new RegExp(`^(?:${namespaceTypes.join("|")}):${uuidPattern.source.slice(1)}`);

/** Parses a value into its canonical form; null if it is invalid. */
const readers: Readonly<Record<FilterKind, (text: string) => string | null>> = {
  creator: readPart,
  namespace: readPart,
  role: (text) => matching(/^[a-z][a-z0-9_]{0,63}$/, lower(text)),
  level: (text) => oneOf(accessLevels, lower(text)),
  type: (text) => oneOf(keyTypes, lower(text)),
  // The exact text: two subjects that merely look alike must stay different.
  subject: (text) =>
    isWithin(text, subjectMaximum) && !unshowable.test(text) && text.isWellFormed() && text.trim() !== ""
      ? text
      : null,
  label: readLabelFilter,
  created: (text) => readTimeFilter("created", text),
  used: (text) => readTimeFilter("used", text),
  expires: (text) => readTimeFilter("expires", text),
  is: (text) => oneOf(hygieneKinds, lower(text)),
};

/** How to write each filter's values, for error messages. */
const forms: Readonly<Record<FilterKind, string>> = {
  creator: "Write a part of a name or of an email, at most 100 characters",
  namespace: "Write a part of a name, at most 100 characters, or organization",
  role: "Write the ID of a role, such as read_only",
  level: "Write owner, admin or member",
  type: "Write secret or public",
  subject: "Write the whole subject, at most 200 characters",
  label: "Write a label's name, or a name and a value such as team=billing",
  created: "Write a time such as <30d, >30d, 2026-01-31 or >2026-01-31",
  used: "Write never, or a time such as <30d, >90d or >2026-01-31",
  expires: "Write never, or a time such as <30d, >30d or <2026-01-31",
  is: `Write ${hygieneKinds.slice(0, -1).join(", ")} or ${hygieneKinds.at(-1)}`,
};

type ReadValue = { readonly value: string } | { readonly fault: string };

/** Parses one value of a filter. The error quotes the value and says how to write one. */
export function readFilterValue(kind: FilterKind, text: string): ReadValue {
  const value = readers[kind](text);
  if (value !== null) return { value };
  const quoted = text.length > 60 ? `${[...text].slice(0, 60).join("")}…` : text;
  return { fault: `“${kind}:${quoted}” cannot be used as a filter. ${forms[kind]}` };
}

function lower(text: string): string {
  return text.trim().toLowerCase();
}

function matching(pattern: RegExp, text: string): string | null {
  return pattern.test(text) ? text : null;
}

function oneOf(values: readonly string[], text: string): string | null {
  return values.find((value) => value.toLowerCase() === text)?.toLowerCase() ?? null;
}

function readPart(text: string): string | null {
  const part = text.length > 4 * partMaximum ? "" : typedText(text);
  if (part.length > partMaximum || unshowable.test(part) || !part.isWellFormed()) return null;
  // Names are compared without accents, so a lone accent would match every name.
  if (!/[^\p{M}\p{Z}]/u.test(part)) return null;
  const id = part.toLowerCase();
  return uuidPattern.test(id) || namespacePattern.test(id) ? id : part;
}

function readLabelFilter(text: string): string | null {
  const equals = text.indexOf("=");
  const name = (equals === -1 ? text : text.slice(0, equals)).trim();
  if (!labelName.test(name)) return null;
  if (equals === -1) return name;
  const value = text.length > 1000 ? null : typedText(text.slice(equals + 1));
  if (
    value === null ||
    !isWithin(value, labelValueMaximum) ||
    unshowable.test(value) ||
    !value.isWellFormed()
  ) {
    return null;
  }
  return `${name}=${value}`;
}
