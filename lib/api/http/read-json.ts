import { repeatedName } from "@/lib/core/json/repeated-name";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { RequestHead } from "./exchange";
import { isMediaType } from "./media-type";
import { plainName } from "./plain-name";

const utf8 = new TextDecoder("utf-8", { fatal: true });

const deepest = 10;

/** A JSON body, parsed and as text. */
type Json = { readonly value: unknown; readonly text: string };

/**
 * Parses a JSON body strictly: JSON media type, UTF-8, and no repeated name in an object, since a proxy
 * in front may have read the other value.
 */
export function readJson({ headers }: Pick<RequestHead, "headers">, body: Buffer): Result<Json> {
  const { "content-type": contentType, "content-encoding": encoding = "identity" } = headers;
  if (!isMediaType(contentType, "application/json") || encoding.toLowerCase() !== "identity") {
    return failure("unsupported_media_type", "Send the body as application/json, in UTF-8, not compressed.");
  }
  let text: string;
  let value: unknown;
  try {
    text = utf8.decode(body);
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, which can hold a token.
    return failure("invalid_request", "The body is not JSON in UTF-8.");
  }
  const repeated = repeatedName(text);
  if (repeated !== null) {
    // The path of the field may be long, since a body can be nested much deeper than any schema.
    const field = repeated
      .slice(0, deepest)
      .map((part) => plainName(part))
      .join(".");
    const message = "This field appears more than once in its object";
    return failure("invalid_request", "A field appears more than once in an object of the body.", [
      { field, message },
    ]);
  }
  return success({ value, text });
}
