import { expect, test, vi } from "vitest";
import { z } from "zod";
import { operations } from "@/lib/api/all-operations";
import { typedText } from "@/lib/core/typed-text";

const modules = import.meta.glob<Record<string, unknown>>(["./**/*.ts", "!./**/*.test.ts"], { eager: true });

/** Fields that take any text and do not normalize it, with the reason. */
const asGiven: readonly (readonly [path: RegExp, why: string])[] = [
  [/[pP]assword$/, "a password is what was typed, to the last space"],
  [
    /(^|\.)(token|token_type_hint|refresh_token|client_id|client_secret|grant_type|key)$/,
    "a program's, compared whole",
  ],
  [/(^keySubject|^subjectFilter|\.subject)$/, "the customer's own id, which their services compare whole"],
  [/\.(scope|user)$/, "read further by parseScope and parseUserName"],
  [/^seen\.|\.seen\./, "what the page was given by the server, sent back"],
  [/^saveKeyViewInput\.query$/, "a list's address, read by keyListFromAddress"],
  [/\.address$/, "a list's query, read by keyListFromAddress, which normalizes what it searches for"],
  [/^(githubAlerts|githubKeyList)\b|reportGithubLeaks/, "GitHub's words"],
  [
    /^(accessTokenClaims|checkpointClaims|receiptFacts|publicSigningKey|knownBrowser)\b/,
    "what this server signed itself",
  ],
];

type Leaf = { readonly path: string; readonly schema: z.ZodType };

/** Every nested schema that takes a string. */
function leaves(schema: z.ZodType, path: string): Leaf[] {
  const { def } = schema as unknown as { def: Record<string, unknown> & { type: string } };
  const into = (inner: unknown, step: string) => leaves(inner as z.ZodType, step);
  if (def.type === "object") {
    return Object.entries(def.shape as object).flatMap(([name, field]) => into(field, `${path}.${name}`));
  }
  if (def.type === "array") return into(def.element, path);
  if (def.type === "record") return into(def.valueType, path);
  if (def.type === "union") return (def.options as unknown[]).flatMap((option) => into(option, path));
  if (def.innerType !== undefined) return into(def.innerType, path);
  if (def.type === "pipe" && (def.in as z.ZodType).def.type !== "string") return into(def.in, path);
  return [{ path, schema }];
}

function allLeaves(): Leaf[] {
  const named = Object.entries(modules).flatMap(([, exports]) =>
    Object.entries(exports).filter(([, value]) => value instanceof z.ZodType),
  );
  const ofModules = named.flatMap(([name, schema]) => leaves(schema as z.ZodType, name));
  const ofOperations = operations.flatMap(({ operationId, params, query, body }) =>
    [params, query, body].flatMap((schema) => (schema === null ? [] : leaves(schema, operationId))),
  );
  return [...ofModules, ...ofOperations];
}

/** Pasted text: decomposed, with all kinds of white space and an invisible character. */
const typed = " Cafe\u0301\u00a0\u2003 de\u200bploy ";

test("every field for typed text normalizes it", () => {
  const found = allLeaves();
  const free = found.filter(({ schema }) => schema.safeParse(typed).success);
  const reasoned = free.filter(({ path }) => asGiven.some(([field]) => field.test(path)));
  const others = free.filter((leaf) => !reasoned.includes(leaf));
  const forms = others.map(({ path, schema }) => [path, schema.parse(typed)]);
  expect(forms).toEqual(others.map(({ path }) => [path, typedText(typed)]));

  // The search finds fields, including the API's, and every exception refers to an existing field.
  const paths = others.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(["generateKeyInput.name", "keyListInput.search", "createKey.name"]),
  );
  for (const [field, why] of asGiven)
    expect(
      reasoned.some(({ path }) => field.test(path)),
      why,
    ).toBe(true);
});

/** The largest body of an action, filled with marks that are slow to normalize because they have to be sorted. */
const dear = `a${"\u0301\u0327".repeat(16_000)}`;

test("no field normalizes more of a client's text than could fit in it", () => {
  const longest: [path: string, length: number][] = [];
  const normalize = String.prototype.normalize;
  let composed = 0;
  const spied = vi.spyOn(String.prototype, "normalize").mockImplementation(function (this: string, form) {
    composed = Math.max(composed, this.length);
    return normalize.call(this, form);
  });
  for (const { path, schema } of allLeaves()) {
    composed = 0;
    schema.safeParse(dear);
    if (composed > 4000) longest.push([path, composed]);
  }
  spied.mockRestore();
  expect(longest).toEqual([]);
});
