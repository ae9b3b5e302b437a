import { z } from "zod";
import { jsonItems, jsonMembers } from "@/lib/core/json/json-members";
import { JsonText } from "@/lib/core/json/json-text";
import { isWrittenJson } from "@/lib/schemas/fields/written-json";

/**
 * Replaces each value that the schema takes as it was written by its text. Goes no deeper than the schema, whatever the
 * body contains.
 *
 * @param text the JSON that `value` was parsed from, in which no object names a member twice
 */
export function keepWritten(schema: z.ZodType, value: unknown, text: string): unknown {
  const inner = unwrapped(schema);
  if (value === null || !wantsWritten(inner)) return value;
  if (isWrittenJson(inner)) return JsonText.of(text);
  if (inner instanceof z.ZodObject) {
    const members = [...(jsonMembers(text) ?? [])];
    if (members.length === 0) return value;
    const given = value as Readonly<Record<string, unknown>>;
    // Object.entries finds a member named `__proto__` as any other; assigning it would not.
    const kept = members.map(([name, written]) => {
      const field = Object.hasOwn(inner.shape, name) ? inner.shape[name] : undefined;
      return [name, field === undefined ? given[name] : keepWritten(field, given[name], written)];
    });
    return Object.fromEntries(kept);
  }
  if (inner instanceof z.ZodArray) {
    const items = jsonItems(text);
    const element = inner.element as z.ZodType;
    return items?.map((written, at) => keepWritten(element, (value as unknown[])[at], written)) ?? value;
  }
  return value;
}

const known = new WeakMap<z.ZodType, boolean>();

/** Whether any value within this schema is taken as it was written. */
function wantsWritten(schema: z.ZodType): boolean {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const within = schema instanceof z.ZodObject ? Object.values(schema.shape) : [];
  const parts = schema instanceof z.ZodArray ? [schema.element] : within;
  const wants = isWrittenJson(schema) || parts.some((part) => wantsWritten(unwrapped(part as z.ZodType)));
  known.set(schema, wants);
  return wants;
}

/** The schema that a value itself has to meet, without what makes it optional or transforms it. */
function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodPipe) return unwrapped(schema.in as z.ZodType);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return unwrapped(schema.unwrap() as z.ZodType);
  }
  return schema;
}
