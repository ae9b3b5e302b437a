import fc from "fast-check";

/** Texts that have broken software before. */
const nasty = fc.constantFrom(
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "\udfff!",
  "\u202e",
  "\ufeff",
  "null",
  "-0",
  "1e999",
  "NaN",
  "' OR 1=1 --",
  "'; DROP TABLE api_keys; --",
  "../../etc/passwd",
  "<script>alert(1)</script>",
  "%00",
  "\r\nX-Injected: 1",
  "__proto__",
  "constructor",
  "x".repeat(10_000),
  "😀".repeat(500),
);

export const hostileText = fc.oneof(
  nasty,
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ maxLength: 300 }),
);

/** Any JSON value: of a wrong type, huge, deeply nested or just unusual. */
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 4, arbitrary: hostileText },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 2 ** 53, -(2 ** 63), 1e308, [], {}, [[[[]]]]),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 2_000 }).map(deep) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 3_000 }).map((length) => Array.from({ length }, () => "x")),
  },
);

function deep(depth: number): unknown {
  let value: unknown = "bottom";
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Breaks one thing in a valid body. */
export function spoil(body: unknown): fc.Arbitrary<unknown> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return hostileValue;
  const names = Object.keys(body);
  const replaced = fc
    .tuple(fc.constantFrom(...names, "name"), hostileValue)
    .map(([name, value]) => ({ ...body, [name]: value }));
  const lacking = fc
    .constantFrom(...names, "name")
    .map((gone) => Object.fromEntries(Object.entries(body).filter(([name]) => name !== gone)));
  const extended = fc.tuple(hostileText, hostileValue).map(([name, value]) => ({ ...body, [name]: value }));
  return fc.oneof(replaced, replaced, lacking, extended, hostileValue);
}

/** Bytes that JSON.stringify never writes: truncated, repeated, not UTF-8, too long. */
export function mangle(text: string): fc.Arbitrary<string | Uint8Array<ArrayBuffer>> {
  return fc.oneof(
    fc.nat({ max: text.length }).map((end) => text.slice(0, end)),
    fc.constant(text + text),
    fc.constant(text.replace("{", '{"name":"a","name":"b",')),
    fc.constant(`\ufeff${text}`),
    fc.constant(`${" ".repeat(66_000)}${text}`),
    fc.constant("[".repeat(60_000)),
    fc.constant(`{"name":"\0"}`),
    fc.constant(`{"name":"\\u0000"}`),
    fc.constant(`{"name":"\\ud800"}`),
    fc.constant(Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.from(bytes)),
    fc.constant(Uint8Array.from(Buffer.from(text, "utf16le"))),
  );
}
