import { JsonText } from "../json/json-text";

/**
 * Parses a key's stored or received metadata: the JSON text of an object. Latchkey writes nothing else, so any other
 * text is an error.
 *
 * @throws RangeError
 */
export function readMetadata(text: unknown): JsonText | null {
  if (text === null) return null;
  if (typeof text === "string" && text.trimStart().startsWith("{")) {
    try {
      return JsonText.of(text);
    } catch {
      // Drop the parser's message, which would quote the metadata.
    }
  }
  throw new RangeError("A key's metadata cannot be read");
}
