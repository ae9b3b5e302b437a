/**
 * A container that encloses the current position: an object with its field names, or an array. `at` is the current
 * field name or index.
 */
type Place = { readonly names: Set<string> | null; at: string | number };

/**
 * The path of the first field name that occurs twice in one object of this text; null if there is none. JSON.parse
 * would silently keep the last one.
 *
 * @param text valid JSON
 */
export function repeatedName(text: string): (string | number)[] | null {
  const around: Place[] = [];
  let nameIsNext = false;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case "{":
        around.push({ names: new Set(), at: "" });
        nameIsNext = true;
        break;
      case "[":
        around.push({ names: null, at: 0 });
        nameIsNext = false;
        break;
      case "}":
      case "]":
        around.pop();
        nameIsNext = false;
        break;
      case ",": {
        const place = around.at(-1);
        nameIsNext = place !== undefined && place.names !== null;
        if (typeof place?.at === "number") place.at += 1;
        break;
      }
      case '"': {
        const end = endOfString(text, at);
        const place = around.at(-1);
        if (nameIsNext && place?.names) {
          const name = decoded(text.slice(at + 1, end));
          place.at = name;
          if (place.names.has(name)) return around.map(({ at }) => at);
          place.names.add(name);
        }
        nameIsNext = false;
        at = end;
      }
    }
  }
  return null;
}

const quotationMark = 0x22;
const backslash = 0x5c;

/** The position of the quotation mark that ends the string starting at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (
    let code = text.charCodeAt(at);
    at < text.length && code !== quotationMark;
    code = text.charCodeAt(at)
  ) {
    at += code === backslash ? 2 : 1;
  }
  return at;
}

/** `"a"` and `"\u0061"` are the same name. */
function decoded(written: string): string {
  return written.includes("\\") ? JSON.parse(`"${written}"`) : written;
}
