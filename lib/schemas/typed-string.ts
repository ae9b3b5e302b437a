import { z } from "zod";
import { typedText } from "@/lib/core/typed-text";

/**
 * A string that people type, in the one form of typed-text. The one way from a client's text to that form: composing takes
 * more than a multiple of the length, so text that can never fit is left as it came, for the bound that
 * follows to refuse.
 *
 * @param maximum characters in the end; composed, they can be far fewer than were sent
 */
export function typedString(
  maximum: number,
  { form = typedText, missing }: { readonly form?: (text: string) => string; readonly missing?: string } = {},
) {
  // Four code points compose into one at most; the rest is white space that a paste brings.
  const sentMaximum = 4 * maximum + 1000;
  return z
    .string(missing === undefined ? {} : { error: missing })
    .overwrite((text) => (text.length > sentMaximum ? text : form(text)));
}
