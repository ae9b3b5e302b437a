import type { Document, Schema } from "./openapi";

/** A body field, a response field or a parameter, described in words. */
export type FieldFact = {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
  /** All possible values of an enumeration or a boolean; otherwise empty. */
  readonly choices: readonly string[];
  readonly fields: readonly FieldFact[];
};

/** Fields nested deeper than this are listed but not expanded. */
const deepest = 4;

/** The fields of an object. For a union, the fields of all its variants, each name once. */
export function readFields(document: Document, schema: Schema, depth = 0): FieldFact[] {
  const resolved = resolve(document, schema);
  if (depth >= deepest) return [];
  if (resolved.items !== undefined) return readFields(document, resolved.items, depth);
  const kinds = resolved.anyOf ?? resolved.oneOf ?? resolved.allOf;
  if (kinds !== undefined) return unite(kinds.map((kind) => readFields(document, kind, depth)));
  const required = new Set(resolved.required);
  return Object.entries(resolved.properties ?? {}).map(([name, field]) => ({
    name,
    type: typeInWords(document, field),
    required: required.has(name),
    description: descriptionOf(document, field),
    choices: choicesOf(document, field),
    fields: readFields(document, field, depth + 1),
  }));
}

/** A field is required only if every variant requires it. */
function unite(kinds: readonly (readonly FieldFact[])[]): FieldFact[] {
  const names = [...new Set(kinds.flat().map(({ name }) => name))];
  return names.flatMap((name) => {
    const found = kinds.map((fields) => fields.find((field) => field.name === name));
    const all = found.filter((field) => field !== undefined);
    const first = all[0];
    if (first === undefined) return [];
    const type = [...new Set(all.flatMap((field) => field.type.split(" or ")))].join(" or ");
    return [{ ...first, type, required: found.every((field) => field?.required === true) }];
  });
}

/** A type with "or" before its last alternative: "MEMBER, ADMIN or OWNER". */
export function listedType(type: string): string {
  const kinds = type.split(" or ");
  const isYesOrNo = kinds.includes("true") && kinds.includes("false");
  const ordered = isYesOrNo ? ["true", ...kinds.filter((kind) => kind !== "true")] : kinds;
  // A type such as "text, at most 60 characters" already contains commas.
  if (ordered.length < 3 || type.includes(",")) return ordered.join(" or ");
  return `${ordered.slice(0, -1).join(", ")} or ${ordered.at(-1)}`;
}

export function choicesOf(document: Document, schema: Schema): string[] {
  const { enum: values, type } = resolve(document, schema);
  if (values !== undefined) return values.map(valueInWords);
  return type === "boolean" ? ["true", "false"] : [];
}

/** A schema's type in words: `text`, `whole number, 1 to 100`, `OWNER or ADMIN`. */
export function typeInWords(document: Document, schema: Schema): string {
  const resolved = resolve(document, schema);
  const { type, enum: values, anyOf, oneOf, items } = resolved;
  if (resolved.const !== undefined) return JSON.stringify(resolved.const);
  if (values !== undefined) return values.map(valueInWords).join(" or ");
  const kinds = anyOf ?? oneOf;
  if (kinds !== undefined) {
    return [...new Set(kinds.map((kind) => typeInWords(document, kind)))].join(" or ");
  }
  if (items !== undefined) {
    const item = typeInWords(document, items);
    return `list of ${item === "object" ? "objects" : item}`;
  }
  const types = typeof type === "string" ? [type] : (type ?? ["object"]);
  return types.map((each) => oneTypeInWords(each, resolved)).join(" or ");
}

function oneTypeInWords(type: string, { format, minimum, maximum, maxLength }: Schema): string {
  switch (type) {
    case "string":
      if (format !== undefined) return formats[format] ?? format;
      return maxLength === undefined || maxLength === 0 ? "text" : `text, at most ${maxLength} characters`;
    case "integer":
      // The largest safe integer means that the schema has no maximum of its own.
      return maximum === undefined || maximum === Number.MAX_SAFE_INTEGER
        ? "whole number"
        : `whole number, ${minimum ?? 0} to ${maximum}`;
    case "boolean":
      return "true or false";
    default:
      return type;
  }
}

const formats: Readonly<Record<string, string>> = {
  uuid: "UUID",
  "date-time": "date and time (RFC 3339)",
  uri: "address",
  email: "email address",
  ipv4: "IPv4 address",
  ipv6: "IPv6 address",
};

function valueInWords(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function descriptionOf(document: Document, schema: Schema): string {
  const { description = "" } = { ...resolve(document, schema), ...schema };
  const value = schema.default;
  // An empty default is the same as leaving the field out, so it is not shown.
  if (value === undefined || value === "" || typeof value === "object") return description;
  return `${description} Default: \`${value}\`.`.trim();
}

export function resolve(document: Document, schema: Schema): Schema {
  const name = schema.$ref?.split("/").at(-1);
  return name === undefined ? schema : (document.components.schemas?.[name] ?? {});
}
