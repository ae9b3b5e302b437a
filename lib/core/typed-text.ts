/**
 * Marks that nobody sees and that carry no meaning here: they come with pasted text and make two names look alike.
 * All that Unicode says to ignore, but for what shapes and for the bidirectional controls, which are refused.
 */
const invisible =
  /\u034f|[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}]/gu;
/** Braille's pattern without a dot: what people who write Braille type for a space. */
const brailleBlank = /\u2800/g;

/** Joiners, variation selectors and tags: they shape the character before them. */
const shaping = /\u200c|\u200d|[\u180b-\u180f]|[\ufe00-\ufe0f]|[\u{e0000}-\u{e0fff}]/gu;
/** A character with all that stands over it or shapes it. */
const cluster =
  /(?<base>^|\P{M})(?<rest>(?:\p{M}|\u200c|\u200d|[\u180b-\u180f]|[\ufe00-\ufe0f]|[\u{e0000}-\u{e0fff}])+)/gu;
/** What they shape: emoji, flags, and scripts such as Han, Persian and Hindi. */
const shapable =
  /^(?![\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{RI}\p{L}]/u;
/** From the start of a run only: trying each of its characters anew would take the square of its length. */
const joinsNothing = /(?<![\u200c\u200d])[\u200c\u200d]+(?=$|[\p{P}\p{Z}\p{Cc}])/gu;

/**
 * Text that people type, in the one form in which it is stored, searched for and compared: NFC, white space
 * as single spaces and none at the ends, and no invisible marks.
 * Control characters and bidirectional overrides stay, so that a schema can refuse them.
 *
 * @param text one line
 * @returns the same text in that form; giving it in again changes nothing
 */
export function typedText(text: string): string {
  return composed(text)
    .replace(/\p{Z}+/gu, " ")
    .trim();
}

/**
 * The same for text of several lines. Line breaks stay, as line feeds.
 */
export function typedLines(text: string): string {
  return composed(text)
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .split("\n")
    .map((line) => line.replace(/[\t\p{Zs}]+/gu, " ").replace(/^ | $/g, ""))
    .join("\n")
    .trim();
}

/** What two texts have in common when people call them the same word: for finding, not for storing. */
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
