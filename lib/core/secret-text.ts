/** How well-known secrets start. */
const knownSecret =
  /^(?:gh[oprsu]_|github_pat_|glpat-|[rs]k_(?:live|test)_|sk-|xox[abeprs]-|AKIA|ASIA|AIza|SG\.|npm_|pypi-|shp(?:at|ss)_|whsec_|hf_|eyJ)[\w.-]{10,}/;
/** Key ids, emails and UUIDs are long, but not secret. */
const noSecret =
  /^(?:key_[0-9A-Za-z]{1,16}|[\w.%+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+|(?:[a-z]+:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
/**
 * The URL of a database or a repository that contains a password. Its scheme may have been parsed as a filter's name.
 */
const withPassword = /^(?:[a-z][a-z\d+.-]*:)?\/\/[^\s/:@]*:[^\s/@]+@/i;
/** The name and the quotation mark before the value of a typed filter. */
const termStart = /^(?:[a-z]+:)?"?/i;
/**
 * Parts of a name: a word with or without a capital, an abbreviation or a number. Random text splits into far more
 * parts.
 */
const namePart = /[A-Z]?[a-z]{2,}|[A-Z]{2,}(?![a-z])|[A-Za-z]|\d+/g;

const shortest = 20;
/** In characters. A secret needs random runs of letters and digits this long, with `mostRandom` characters in total. */
const shortestRun = 7;
const mostRandom = 14;
/** No name has an unbroken run this long. */
const longestRun = 28;

/**
 * Might this word be a secret of any system? It guesses, and prefers false positives: the answer decides what may go
 * into a URL, and so into browser histories and logs.
 */
export function looksSecret(word: string): boolean {
  if (noSecret.test(word)) return false;
  if (knownSecret.test(word) || withPassword.test(word)) return true;
  const runs = word.match(/[A-Za-z0-9]+/g) ?? [];
  const random = runs.filter((run) => run.length >= shortestRun && isRandom(run));
  return (
    runs.some((run) => run.length >= longestRun) ||
    (runs.join("").length >= shortest && random.join("").length >= mostRandom)
  );
}

function isRandom(run: string): boolean {
  return (run.match(namePart)?.length ?? 0) / run.length >= 0.22;
}

/** The words of a search that might be secrets, each without the name of a filter before it. */
export function secretsIn(text: string): string[] {
  return (text.match(/\S+/g) ?? []).map(termValue).filter(looksSecret);
}

/** The search without words that might be secrets, except known harmless ones. */
export function withoutSecrets(text: string, isKnown: (word: string) => boolean): string {
  return text.replace(/\S+\s*/g, (word) => {
    const value = termValue(word.trimEnd());
    return looksSecret(value) && !isKnown(value) ? "" : word;
  });
}

function termValue(word: string): string {
  return word.replace(termStart, "").replace(/"$/, "");
}
