import { z } from "zod";
import { typedText } from "@/lib/core/typed-text";

/**
 * A string typed by a person, normalized by typed-text. All client text is normalized here. Composing takes more than
 * linear time, so text that is far too long is not normalized, and the maximum rejects it.
 *
 * @param maximum characters after normalizing, which can be far fewer than were sent
 */
export function typedString(
  maximum: number,
  { form = typedText, missing }: { readonly form?: (text: string) => string; readonly missing?: string } = {},
) {
  // At most four code points compose into one; the rest allows for pasted white space.
  const sentMaximum = 4 * maximum + 1000;
  return z
    .string(missing === undefined ? {} : { error: missing })
    .overwrite((text) => (text.length > sentMaximum ? text : form(text)));
}
