import { z } from "zod";
import { JsonText } from "@/lib/core/json/json-text";

const isWritten = (value: unknown) => value instanceof JsonText;

/**
 * A JSON value that must be kept exactly as the client wrote it. The API stores its text here before validating the
 * body, because parsing would change it.
 */
export const writtenJson = z.custom<JsonText>(isWritten, "This is not JSON");

/** Also true for copies made by `.meta()` or a check. */
export function isWrittenJson(schema: z.ZodType): boolean {
  return schema instanceof z.ZodCustom && schema.def.fn === isWritten;
}
