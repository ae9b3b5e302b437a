/** The characters that structure JSON. Strings are skipped as a whole. */
const parts = /["{}[\],]/g;
const stringEnd = /[^"\\]*(?:\\.[^"\\]*)*"/y;

/** An enclosing object with its field names, or an array, and where in it the text has arrived. */
type Place = { readonly names: Set<string> | null; at: string | number };

/**
 * The path of the first field that an object in this text names twice; null if there is none. JSON.parse would silently
 * keep the last one.
 *
 * @param text valid JSON
 */
export function repeatedName(text: string): (string | number)[] | null {
  const around: Place[] = [];
  let nameIsNext = false;
  parts.lastIndex = 0;
  for (let part = parts.exec(text); part !== null; part = parts.exec(text)) {
    switch (part[0]) {
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
      default: {
        stringEnd.lastIndex = parts.lastIndex;
        stringEnd.test(text);
        const place = around.at(-1);
        if (nameIsNext && place?.names) {
          // Names are decoded: `"a"` and `"\u0061"` are the same name.
          const name: string = JSON.parse(text.slice(part.index, stringEnd.lastIndex));
          place.at = name;
          if (place.names.has(name)) return around.map(({ at }) => at);
          place.names.add(name);
        }
        nameIsNext = false;
        parts.lastIndex = stringEnd.lastIndex;
      }
    }
  }
  return null;
}
