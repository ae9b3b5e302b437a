/** The characters that structure JSON. Strings are skipped as a whole. */
const parts = /["{}[\],]/g;
const stringEnd = /[^"\\]*(?:\\.[^"\\]*)*"/y;

/**
 * Does an object in this text name a field twice? JSON.parse would silently keep the last one.
 *
 * @param text valid JSON
 */
export function repeatsName(text: string): boolean {
  /** The field names of each enclosing object; null for an array. */
  const around: (Set<string> | null)[] = [];
  let nameIsNext = false;
  parts.lastIndex = 0;
  for (let part = parts.exec(text); part !== null; part = parts.exec(text)) {
    switch (part[0]) {
      case "{":
        around.push(new Set());
        nameIsNext = true;
        break;
      case "[":
        around.push(null);
        nameIsNext = false;
        break;
      case "}":
      case "]":
        around.pop();
        nameIsNext = false;
        break;
      case ",":
        nameIsNext = around.at(-1) !== null;
        break;
      default: {
        stringEnd.lastIndex = parts.lastIndex;
        stringEnd.test(text);
        const names = around.at(-1);
        if (nameIsNext && names) {
          // Names are decoded: `"a"` and `"\u0061"` are the same name.
          const name: string = JSON.parse(text.slice(part.index, stringEnd.lastIndex));
          if (names.has(name)) return true;
          names.add(name);
        }
        nameIsNext = false;
        parts.lastIndex = stringEnd.lastIndex;
      }
    }
  }
  return false;
}
