/**
 * Invisible characters with no meaning here: they arrive with pasted text and make two names look alike. Everything
 * Unicode says to ignore, except shaping characters and bidirectional controls, which are refused.
 */
const invisible =
  /\u034f|[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}]/gu;
/** The blank Braille pattern, which Braille writers type as a space. */
const brailleBlank = /\u2800/g;

/** Joiners, variation selectors and tags: they shape the character before them. */
const shaping = /\u200c|\u200d|[\u180b-\u180f]|[\ufe00-\ufe0f]|[\u{e0000}-\u{e0fff}]/gu;
/** A character with its combining marks and shaping characters. */
const cluster =
  /(?<base>^|\P{M})(?<rest>(?:\p{M}|\u200c|\u200d|[\u180b-\u180f]|[\ufe00-\ufe0f]|[\u{e0000}-\u{e0fff}])+)/gu;
/** Characters that shaping characters apply to: emoji, flags, and scripts such as Han, Persian and Hindi. */
const shapable =
  /^(?![\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{RI}\p{L}]/u;
/** Matches only at the start of a run: retrying at each character would take quadratic time. */
const joinsNothing = /(?<![\u200c\u200d])[\u200c\u200d]+(?=$|[\p{P}\p{Z}\p{Cc}])/gu;

/**
 * Normalizes typed text to the form in which it is stored, searched and compared: NFC, single spaces, trimmed, without
 * invisible characters. Control characters and bidirectional overrides stay, so that a schema can refuse them.
 *
 * @param text one line
 * @returns the normalized text; normalizing it again changes nothing
 */
export function typedText(text: string): string {
  return composed(text)
    .replace(/\p{Z}+/gu, " ")
    .trim();
}

/** Like `typedText`, for multi-line text. Keeps line breaks, as line feeds. */
export function typedLines(text: string): string {
  return composed(text)
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .split("\n")
    .map((line) => line.replace(/[\t\p{Zs}]+/gu, " ").replace(/^ | $/g, ""))
    .join("\n")
    .trim();
}

/** Folds text for searching, so that spellings that people consider the same are equal. Never store the result. */
export function foldedText(text: string): string {
  return typedText(text).toLowerCase().normalize("NFC");
}

function composed(text: string): string {
  return withoutIdleShaping(text.replace(invisible, "").replace(brailleBlank, " ")).normalize("NFC");
}

function withoutIdleShaping(text: string): string {
  if (text.search(shaping) === -1) return text;
  return text
    .replace(cluster, (whole, base: string, rest: string) => {
      const isKeycap = /^[0-9#*]\ufe0f\u20e3$/.test(whole);
      return isKeycap || shapable.test(base) ? whole : base + rest.replace(shaping, "");
    })
    .replace(joinsNothing, "");
}
