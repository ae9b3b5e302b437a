import fc from "fast-check";

const space = fc.constantFrom("", "", " ", "\n", "\t", "\r\n ");
const numbers = ["0", "-0", "1.0", "1e2", "1E+2", "12345678901234567890", "0.1000", "-1.5e-7", "1e400"];

/** JSON strings whose letters are plain or escaped. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ maxLength: 4 }).map((plain) => JSON.stringify(plain).slice(1, -1)),
      fc.constantFrom("\\u0041", "\\u00e9", "é", "\\/", "/", "\\ud83d\\udd11", "🔑", "</script>", "\u2028"),
    ),
    { maxLength: 4 },
  )
  .map((parts) => `"${parts.join("")}"`);

const { object } = fc.letrec<{ value: string; object: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom("true", "false", "null", ...numbers),
    text,
    tie("object"),
    fc
      .tuple(space, fc.array(tie("value"), { maxLength: 3 }))
      .map(([gap, items]) => `[${gap}${items.join(`${gap},`)}${gap}]`),
  ),
  object: fc
    .tuple(
      space,
      fc.uniqueArray(
        fc.oneof(
          text,
          fc.nat(20).map((name) => `"${name}"`),
        ),
        {
          maxLength: 4,
          selector: (name) => JSON.parse(name),
        },
      ),
      fc.infiniteStream(tie("value")),
    )
    .map(([gap, names, values]) => {
      const members = names.map((name) => `${name}${gap}:${gap}${values.next().value}`);
      return `{${gap}${members.join(`${gap},${gap}`)}${gap}}`;
    }),
}));

/** JSON objects in unusual notations, as a person might write metadata. */
export const writtenMetadata = object.filter((written) => Buffer.byteLength(written) <= 2048);
