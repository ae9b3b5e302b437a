import fc from "fast-check";

export type JsonSchema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly examples?: readonly unknown[];
};

/** Existing ids, so that otherwise valid requests reach real rows. */
export type KnownIds = readonly string[];

/**
 * Values that a schema mostly allows. Some patterns are stricter than this generator knows, so the server may refuse
 * them.
 */
export function arbitraryOf(
  schema: JsonSchema,
  refs: Readonly<Record<string, JsonSchema>>,
  ids: KnownIds,
): fc.Arbitrary<unknown> {
  const of = (inner: JsonSchema) => arbitraryOf(inner, refs, ids);
  const name = schema.$ref?.split("/").at(-1);
  if (name !== undefined) return of(refs[name] ?? {});
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const kinds = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (kinds !== undefined) return fc.oneof(...kinds.map(of));
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? ["object"]);
  return fc.oneof(...types.map((type) => ofType(type, schema, of, ids)));
}

function ofType(
  type: string,
  schema: JsonSchema,
  of: (inner: JsonSchema) => fc.Arbitrary<unknown>,
  ids: KnownIds,
): fc.Arbitrary<unknown> {
  switch (type) {
    case "string":
      return text(schema, ids);
    case "integer":
    case "number":
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 1e9, 1e9) });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(of(schema.items ?? {}), { maxLength: 3 });
    default: {
      const properties = Object.entries(schema.properties ?? {});
      const { additionalProperties: others = false } = schema;
      if (others !== false && properties.length === 0) {
        const names = fc.oneof(fc.constantFrom("team", "env", "__proto__", "2", "1"), fc.string());
        return fc.dictionary(names, others === true ? fc.jsonValue() : of(others), { maxKeys: 11 });
      }
      const required = properties.map(([name]) => name).filter((name) => schema.required?.includes(name));
      return fc.record(Object.fromEntries(properties.map(([name, inner]) => [name, of(inner)])), {
        requiredKeys: required,
        noNullPrototype: true,
      });
    }
  }
}

function text({ format, examples = [] }: JsonSchema, ids: KnownIds): fc.Arbitrary<string> {
  switch (format) {
    case "uuid":
      return fc.oneof(fc.constantFrom(...ids), fc.uuid());
    case "date-time":
      return fc
        .date({ noInvalidDate: true, min: new Date(0), max: new Date("2100-01-01") })
        .map((date) => date.toISOString());
    case "email":
      return fc.emailAddress();
    case "ipv4":
      return fc.ipV4();
    case "ipv6":
      return fc.ipV6();
    default: {
      const given = examples.filter((example) => typeof example === "string");
      const words = fc.constantFrom(
        "Shop",
        "full_access",
        "read_only",
        "keys:verify",
        "client_credentials",
        ...given,
      );
      return fc.oneof(words, fc.string({ minLength: 1, maxLength: 30 }));
    }
  }
}
