import { z } from "zod";
import { jsonItems, jsonMembers } from "@/lib/core/json/json-members";
import { JsonText } from "@/lib/core/json/json-text";
import { isWrittenJson } from "@/lib/schemas/fields/written-json";

/**
 * Replaces each value that the schema keeps as written by its JSON text. Goes no deeper than the schema, whatever the
 * body contains.
 *
 * @param text the JSON that `value` was parsed from, without repeated names
 */
export function keepWritten(schema: z.ZodType, value: unknown, text: string): unknown {
  const inner = unwrapped(schema);
  if (value === null || !wantsWritten(inner)) return value;
  if (isWrittenJson(inner)) return JsonText.of(text);
  if (inner instanceof z.ZodObject && isSmall(value, Object.keys(inner.shape).length)) {
    const given = value as Readonly<Record<string, unknown>>;
    // Object.entries lists a member named `__proto__` like any other, whereas an assignment would lose it.
    const kept = [...(jsonMembers(text) ?? [])].map(([name, written]) => {
      const field = Object.hasOwn(inner.shape, name) ? inner.shape[name] : undefined;
      return [name, field === undefined ? given[name] : keepWritten(field, given[name], written)];
    });
    return Object.fromEntries(kept);
  }
  if (inner instanceof z.ZodArray && Array.isArray(value) && value.length <= mostItems) {
    const element = inner.element as z.ZodType;
    return jsonItems(text)?.map((written, at) => keepWritten(element, value[at], written));
  }
  return value;
}

/** No list in a body may have more items. Longer ones are refused anyway, so their text is not scanned. */
const mostItems = 1000;

/** An object with more members than its schema has unknown ones and is refused anyway. */
function isSmall(value: unknown, mostMembers: number): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.keys(value).length <= mostMembers;
}

const known = new WeakMap<z.ZodType, boolean>();

/** Whether the schema keeps any value as it was written. */
function wantsWritten(schema: z.ZodType): boolean {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const within = schema instanceof z.ZodObject ? Object.values(schema.shape) : [];
  const parts = schema instanceof z.ZodArray ? [schema.element] : within;
  const wants = isWrittenJson(schema) || parts.some((part) => wantsWritten(unwrapped(part as z.ZodType)));
  known.set(schema, wants);
  return wants;
}

/** The schema behind optional and transforming wrappers. */
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
