import { z } from "zod";
import { searchText } from "@/lib/core/search-text";
import { plainText } from "@/lib/schemas/fields/plain-text";
import { keyListFromAddress } from "@/lib/schemas/key-list-address";

const nameMaximum = 60;
const queryMaximum = 4000;
const viewId = z.guid("This is not a view").toLowerCase();
const name = plainText({ label: "Name", minimum: 1, maximum: nameMaximum });

/** The URL parameters that a saved view keeps. */
const kept = new Set([
  ...["search", "status", "sort", "direction", "creator", "namespace", "role", "level", "type"],
  ...["subject", "label", "created", "used", "expires", "is"],
]);

/**
 * The search, filters and order of a saved view, as a query string. Validated like the list's own URL. A token pasted
 * into the search is replaced with its key's id, as in the list.
 */
const query = z
  .string()
  .max(queryMaximum, "This view is too long to save")
  .transform((text, context) => {
    const parameters = [...new URLSearchParams(text)]
      .filter(([parameter]) => kept.has(parameter))
      .map(([parameter, value]): [string, string] => [parameter, searchText(value)]);
    const address = Object.fromEntries(
      parameters.map(([parameter]) => [
        parameter,
        parameters.filter(([other]) => other === parameter).map(([, value]) => value),
      ]),
    );
    const { searchFault } = keyListFromAddress(address);
    if (searchFault !== null) context.addIssue({ code: "custom", message: searchFault });
    return new URLSearchParams(parameters).toString();
  });

export const saveKeyViewInput = z.strictObject({ name, query });
export type SaveKeyViewInput = z.infer<typeof saveKeyViewInput>;
export const renameKeyViewInput = z.strictObject({ viewId, name });
export type RenameKeyViewInput = z.infer<typeof renameKeyViewInput>;
export const deleteKeyViewInput = z.strictObject({ viewId });
export type DeleteKeyViewInput = z.infer<typeof deleteKeyViewInput>;
