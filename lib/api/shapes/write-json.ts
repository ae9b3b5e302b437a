import { z } from "zod";
import type { JsonText } from "@/lib/core/json/json-text";
import type { CamelCase } from "./field-names";
import { inCamelCase } from "./field-names";

/** The type of verb results that can be written as this JSON: camel case, with Dates for times. */
export type ViewOf<Json> = Json extends string
  ? string extends Json
    ? Json | Date
    : Json
  : Json extends readonly (infer Item)[]
    ? readonly ViewOf<Item>[]
    : Json extends JsonText
      ? Json
      : Json extends object
        ? { readonly [Name in keyof Json as CamelCase<Name & string>]: ViewOf<Json[Name]> }
        : Json;

/**
 * Writes a verb's result in the declared shape: names in snake case, times in ISO 8601. Fields that the shape does not
 * declare are left out, so a new field of a view stays private until it is declared.
 */
export function writeJson<S extends z.ZodObject>(shape: S, view: ViewOf<z.input<S>>): z.input<S> {
  return write(shape, view) as z.input<S>;
}

function write(shape: unknown, value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value === null || value === undefined) return value;
  if (shape instanceof z.ZodNullable || shape instanceof z.ZodOptional) return write(shape.unwrap(), value);
  if (shape instanceof z.ZodArray) return (value as unknown[]).map((item) => write(shape.element, item));
  if (!(shape instanceof z.ZodObject)) return value;
  const view = value as Readonly<Record<string, unknown>>;
  const fields = Object.entries(shape.shape).map(([name, field]) => [
    name,
    write(field, view[inCamelCase(name)]),
  ]);
  return Object.fromEntries(fields.filter(([, written]) => written !== undefined));
}
