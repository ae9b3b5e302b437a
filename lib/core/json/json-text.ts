/**
 * A JSON text that goes out exactly as it was written. Parsing it and writing it again would change numbers such as
 * `1.0` and `12345678901234567890`, and the order of members such as `"2"` and `"1"`.
 *
 * Only `of` makes one, so nothing but valid JSON can get into an answer this way.
 */
export class JsonText {
  private constructor(readonly text: string) {}

  /** @throws SyntaxError when the text is not JSON */
  static of(text: string): JsonText {
    JSON.parse(text);
    return new JsonText(text);
  }

  /** JSON.stringify cannot write a text as it is. */
  toJSON(): never {
    throw new TypeError("Write it with jsonOf");
  }
}

/** Same as JSON.stringify, for a value that may contain a JsonText at any depth. */
export function jsonOf(value: unknown): string {
  return written(value) ?? "null";
}

/** Undefined where JSON.stringify returns it. */
function written(value: unknown): string | undefined {
  // JSON.stringify is several times as fast as the lines below.
  if (!hasJsonText(value)) return JSON.stringify(value);
  if (value instanceof JsonText) return value.text;
  if (Array.isArray(value)) return `[${value.map((item) => written(item) ?? "null").join(",")}]`;
  return `{${membersOf(value as Readonly<Record<string, unknown>>)}}`;
}

/** In their order. Members without a text are written several at a time. */
function membersOf(value: Readonly<Record<string, unknown>>): string {
  const parts: string[] = [];
  let plain: Record<string, unknown> = {};
  const writePlain = () => {
    const members = JSON.stringify(plain).slice(1, -1);
    if (members !== "") parts.push(members);
    plain = {};
  };
  for (const name of Object.keys(value)) {
    const inside = value[name];
    // An assignment to this name would set the prototype.
    if (!hasJsonText(inside) && name !== "__proto__") {
      plain[name] = inside;
      continue;
    }
    writePlain();
    const text = written(inside);
    if (text !== undefined) parts.push(`${JSON.stringify(name)}:${text}`);
  }
  writePlain();
  return parts.join(",");
}

function hasJsonText(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (value instanceof JsonText) return true;
  if (Array.isArray(value)) return value.some(hasJsonText);
  for (const name in value) if (hasJsonText((value as Readonly<Record<string, unknown>>)[name])) return true;
  return false;
}
