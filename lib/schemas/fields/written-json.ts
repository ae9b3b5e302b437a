import { z } from "zod";
import { JsonText } from "@/lib/core/json/json-text";

const isWritten = (value: unknown) => value instanceof JsonText;

/**
 * A JSON value of a request's body that is taken as it was written, because parsing it would change it. The API puts
 * the text there before it validates the body.
 */
export const writtenJson = z.custom<JsonText>(isWritten, "This is not JSON");

/** Also true of a copy that `.meta()` or a check has made. */
export function isWrittenJson(schema: z.ZodType): boolean {
  return schema instanceof z.ZodCustom && schema.def.fn === isWritten;
}
