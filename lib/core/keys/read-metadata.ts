import { JsonText } from "../json/json-text";

/**
 * A key's stored or received metadata: the text of a JSON object. A text that is anything else was not written by this
 * product, so it is an error.
 *
 * @throws RangeError
 */
export function readMetadata(text: unknown): JsonText | null {
  if (text === null) return null;
  if (typeof text === "string" && text.trimStart().startsWith("{")) {
    try {
      return JsonText.of(text);
    } catch {
      // The parser's message would quote the metadata.
    }
  }
  throw new RangeError("A key's metadata cannot be read");
}
