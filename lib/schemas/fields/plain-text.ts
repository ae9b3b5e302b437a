import { z } from "zod";
import { typedLines, typedText } from "@/lib/core/typed-text";

/**
 * At least one visible character: not just combining marks, characters Unicode says to ignore, or blanks that count as
 * letters and symbols (in Braille, musical and hieroglyphic blocks).
 */
const visible = /(?![\p{DI}\u2800\u{1d159}\u{13441}\u{13442}])[\p{L}\p{N}\p{P}\p{S}]/u;

type PlainText = { label: string; minimum: number; maximum: number; lines?: boolean };

/**
 * Text typed by a person: normalized by typed-text, bounded, and free of characters nobody types. NUL makes PostgreSQL
 * reject a statement; other controls and bidirectional overrides make one name look like another.
 */
export function plainText({ label, minimum, maximum, lines = false }: PlainText) {
  const forbidden = lines
    ? /[^\P{Cc}\n\r\t]|[\u202a-\u202e\u2066-\u2069]/u
    : /\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;
  return typedString(maximum, {
    form: lines ? typedLines : typedText,
    fault: (sent) =>
      sent === undefined || sent === null ? `${label} is required` : `${label} must be a string`,
  })
    .min(minimum, `${label} is required`)
    .max(maximum, `${label} has at most ${maximum} characters`)
    .refine((text) => !forbidden.test(text), `${label} has characters that cannot be shown`)
    .refine((text) => text.isWellFormed(), `${label} is not well-formed text`)
    .refine((text) => text === "" || visible.test(text), `${label} has nothing to show`);
}

type TypedString = {
  readonly form?: (text: string) => string;
  /** What is wrong with a value that is not a string. */
  readonly fault?: (sent: unknown) => string;
};

/**
 * A string typed by a person, normalized by typed-text. All client text is normalized here. Composing takes more than
 * linear time, so text that is far too long is not normalized, and the maximum rejects it.
 *
 * @param maximum characters after normalizing, which can be far fewer than were sent
 */
export function typedString(maximum: number, { form = typedText, fault }: TypedString = {}) {
  // At most four code points compose into one; the rest allows for pasted white space.
  const sentMaximum = 4 * maximum + 1000;
  return z
    .string(fault === undefined ? {} : { error: ({ input }) => fault(input) })
    .overwrite((text) => (text.length > sentMaximum ? text : form(text)));
}
