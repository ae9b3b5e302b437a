import type { Match, ZxcvbnFactory } from "@zxcvbn-ts/core";

/** What other people know about a person. A password must not be built from it. */
export type OwnData = {
  readonly email: string;
  readonly name: string;
  readonly organizationNames: readonly string[];
};

/** zxcvbn's score 3, "unlikely to be guessed": at least a hundred million guesses. */
const scoreMinimum = 3;

/**
 * The estimate runs on the main thread, and its cost grows at least with the square of the length. If the first
 * 40 characters are strong, the whole password is.
 */
const judgedCharacters = 40;
/**
 * How many ways of reading `4@$` as letters the estimate tries. A password with more fails for another reason, or
 * is strong.
 */
const readings = 10;

let loading: Promise<ZxcvbnFactory> | undefined;

/** Loaded when the first password is set: the dictionary takes 18 MB, and most processes never need it. */
function estimator(): Promise<ZxcvbnFactory> {
  loading ??= Promise.all([import("@zxcvbn-ts/core"), import("@zxcvbn-ts/language-common")]).then(
    ([core, { dictionary, adjacencyGraphs: graphs }]) =>
      new core.ZxcvbnFactory({ dictionary, graphs, l33tMaxSubstitutions: readings }),
  );
  return loading;
}

/**
 * Checks whether a password is easy to guess: common, built from the person's own data, or one repeated pattern.
 *
 * @returns why it is weak and how to improve it; null when it is strong enough
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

/** Whether the whole password repeats one block at least twice; the last repeat may be cut short. */
function repeats(characters: readonly string[]): boolean {
  for (let period = 1; period <= characters.length / 2; period++)
    if (characters.every((character, at) => at < period || character === characters[at - period]))
      return true;
  return false;
}

/** Whether the estimate found one repeated block and nothing else. */
function isOnePattern([first, ...others]: readonly Match[]): boolean {
  return first?.pattern === "repeat" && others.length === 0;
}

const charactersBeside = 6;

/**
 * Whether the password is the person's own data and little else. It checks the whole password, since an email can
 * be longer than the part that is estimated.
 */
function isMadeOf(own: readonly string[], password: string): boolean {
  const whole = password.toLowerCase();
  const longestFirst = own.toSorted((one, other) => other.length - one.length);
  const beside = longestFirst.reduce((rest, word) => rest.replaceAll(word, ""), whole);
  return beside !== whole && [...beside].length < charactersBeside;
}

/** Like `isMadeOf`, for own data written with digits and symbols instead of letters. */
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

/** Each text in full, without spaces, and split into words. */
function ownWords({ email, name, organizationNames }: OwnData): string[] {
  const texts = [email, name, ...organizationNames, "Latchkey"].map((text) => text.normalize("NFKC"));
  const words = texts.flatMap((text) => [
    text,
    text.replace(/[^\p{L}\p{N}]+/gu, ""),
    ...text.split(/[^\p{L}\p{N}]+/u),
  ]);
  return [...new Set(words.map((word) => word.toLowerCase()).filter((word) => word.length >= 3))];
}
