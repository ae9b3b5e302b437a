/**
 * The members of a JSON object, each value as its original text. As with JSON.parse, the last member of a name wins.
 *
 * @param text valid JSON
 * @returns null if it is not an object
 */
export function jsonMembers(text: string): ReadonlyMap<string, string> | null {
  let at = afterSpace(text, 0);
  if (text[at] !== "{") return null;
  const members = new Map<string, string>();
  at = afterSpace(text, at + 1);
  while (text[at] === '"') {
    const nameEnd = afterString(text, at);
    const start = afterSpace(text, afterSpace(text, nameEnd) + 1);
    const end = afterValue(text, start);
    members.set(JSON.parse(text.slice(at, nameEnd)), text.slice(start, end).trimEnd());
    at = afterSpace(text, end + 1);
  }
  return members;
}

/**
 * The items of a JSON array, each as its original text.
 *
 * @param text valid JSON
 * @returns null if it is not an array
 */
export function jsonItems(text: string): readonly string[] | null {
  let at = afterSpace(text, 0);
  if (text[at] !== "[") return null;
  const items: string[] = [];
  at = afterSpace(text, at + 1);
  while (at < text.length && text[at] !== "]") {
    const end = afterValue(text, at);
    items.push(text.slice(at, end).trimEnd());
    at = text[end] === "," ? afterSpace(text, end + 1) : end;
  }
  return items;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\n\r".includes(text.charAt(at))) at++;
  return at;
}

/** @param from the position of the opening quote */
function afterString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

/** The position of the comma or bracket that ends this value. */
function afterValue(text: string, from: number): number {
  let at = from;
  let depth = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (depth === 0 && ",}]".includes(character)) return at;
    if ("{[".includes(character)) depth++;
    if ("}]".includes(character)) depth--;
    at = character === '"' ? afterString(text, at) : at + 1;
  }
  return at;
}
