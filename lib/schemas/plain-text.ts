import { typedLines, typedText } from "@/lib/core/typed-text";
import { typedString } from "./typed-string";

/**
 * Something that is seen: no mark without a letter, nothing that Unicode says to ignore, and none of the blanks that
 * count as letters and symbols (of Braille, of music, of hieroglyphs).
 */
const visible = /(?![\p{DI}\u2800\u{1d159}\u{13441}\u{13442}])[\p{L}\p{N}\p{P}\p{S}]/u;

type PlainText = { label: string; minimum: number; maximum: number; lines?: boolean };

/**
 * Text that a person typed: in the one form of typed-text, bounded, and free of what nobody types. NUL ends
 * a statement in PostgreSQL with an error; other controls and bidirectional overrides make one name look
 * like another.
 */
export function plainText({ label, minimum, maximum, lines = false }: PlainText) {
  const forbidden = lines
    ? /[^\P{Cc}\n\r\t]|[\u202a-\u202e\u2066-\u2069]/u
    : /\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;
  return typedString(maximum, { form: lines ? typedLines : typedText, missing: `${label} is required` })
    .min(minimum, `${label} is required`)
    .max(maximum, `${label} has at most ${maximum} characters`)
    .refine((text) => !forbidden.test(text), `${label} has characters that cannot be shown`)
    .refine((text) => text.isWellFormed(), `${label} is not well-formed text`)
    .refine((text) => text === "" || visible.test(text), `${label} has nothing to show`);
}
