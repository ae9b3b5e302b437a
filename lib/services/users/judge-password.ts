import type { Match, ZxcvbnFactory } from "@zxcvbn-ts/core";

/** What others know of a person, so no password may be made of it. */
export type OwnData = {
  readonly email: string;
  readonly name: string;
  readonly organizationNames: readonly string[];
};

/** From "unlikely to be guessed" on: a hundred million guesses. */
const scoreMinimum = 3;

/**
 * The estimate runs in the process's one thread, and its work grows with the square of the length and more. If this much
 * of a password is strong, all of it is.
 */
const judgedCharacters = 40;
/** Ways to read `4@$` as letters that are tried. A password that has more of them fails for another reason, or is strong. */
const readings = 10;

let loading: Promise<ZxcvbnFactory> | undefined;

/** Loaded when the first password is set: the dictionary takes 18 MB, which most processes never need. */
function estimator(): Promise<ZxcvbnFactory> {
  loading ??= Promise.all([import("@zxcvbn-ts/core"), import("@zxcvbn-ts/language-common")]).then(
    ([core, { dictionary, adjacencyGraphs: graphs }]) =>
      new core.ZxcvbnFactory({ dictionary, graphs, l33tMaxSubstitutions: readings }),
  );
  return loading;
}

/**
 * Is this password easy to guess: common, made of the person's own data, or of one pattern?
 *
 * @returns why, and how to do better; null when it is not
 */
export async function judgePassword(password: string, person: OwnData): Promise<string | null> {
  const characters = [...password.normalize("NFKC")];
  if (repeats(characters)) return `Password repeats one pattern. ${advice}`;
  const own = ownWords(person);
  if (isMadeOf(own, characters.join(""))) return `${ownReason} ${advice}`;
  const judged = characters.slice(0, judgedCharacters).join("");
  const { score, sequence } = (await estimator()).check(judged, own);
  if (score >= scoreMinimum && !isOnePattern(sequence) && !isOwn(sequence)) return null;
  return `${reason(sequence)} ${advice}`;
}

const advice = "Use four unrelated words, or a password that a password manager made.";

/** Two times the same or more, with or without an end cut short: seen in all of it, however little is judged further. */
function repeats(characters: readonly string[]): boolean {
  for (let period = 1; period <= characters.length / 2; period++)
    if (characters.every((character, at) => at < period || character === characters[at - period]))
      return true;
  return false;
}

/** The same again and again, however good it is once. */
function isOnePattern([first, ...others]: readonly Match[]): boolean {
  return first?.pattern === "repeat" && others.length === 0;
}

const charactersBeside = 6;

/** Own data, and hardly anything beside it: seen in all of it, since an email can be longer than what is judged. */
function isMadeOf(own: readonly string[], password: string): boolean {
  const whole = password.toLowerCase();
  const longestFirst = own.toSorted((one, other) => other.length - one.length);
  const beside = longestFirst.reduce((rest, word) => rest.replaceAll(word, ""), whole);
  return beside !== whole && [...beside].length < charactersBeside;
}

/** The same, written with digits and signs for letters. */
function isOwn(sequence: readonly Match[]): boolean {
  const own = sequence.filter(({ dictionaryName }) => dictionaryName === "userInputs");
  const beside = sequence.filter((match) => !own.includes(match)).map(({ token }) => token);
  return own.length > 0 && beside.join("").length < charactersBeside;
}

const ownReason = "Password contains your own name, email or organization.";

function reason(sequence: readonly Match[]): string {
  const from = (dictionary: string) => sequence.some((match) => match.dictionaryName === dictionary);
  const has = (pattern: string) => sequence.some((match) => match.pattern === pattern);
  if (from("userInputs")) return ownReason;
  if (has("repeat")) return "Password repeats one pattern.";
  if (has("sequence") || has("spatial")) return "Password follows the alphabet or the keyboard.";
  if (has("dictionary")) return "Password is a common one.";
  return "Password is easy to guess.";
}

/** Each as a whole, without its blanks, and in its words. */
function ownWords({ email, name, organizationNames }: OwnData): string[] {
  const texts = [email, name, ...organizationNames, "Latchkey"].map((text) => text.normalize("NFKC"));
  const words = texts.flatMap((text) => [
    text,
    text.replace(/[^\p{L}\p{N}]+/gu, ""),
    ...text.split(/[^\p{L}\p{N}]+/u),
  ]);
  return [...new Set(words.map((word) => word.toLowerCase()).filter((word) => word.length >= 3))];
}
