import { z } from "zod";
import { searchText } from "@/lib/core/search-text";
import { plainText } from "@/lib/schemas/fields/plain-text";
import { keyListFromAddress } from "@/lib/schemas/key-list-address";

const nameMaximum = 60;
const queryMaximum = 4000;
const viewId = z.guid("This is not a view").toLowerCase();
const name = plainText({ label: "Name", minimum: 1, maximum: nameMaximum });

/** The parameters of the list's address that a view keeps. */
const kept = new Set([
  ...["search", "status", "sort", "direction", "creator", "namespace", "role", "level", "type"],
  ...["subject", "label", "created", "used", "expires", "is"],
]);

/**
 * The search, the filters and the order, as in the address of the list. What the list would refuse is refused. An
 * address can be typed with a token in it; like the list, a view keeps only the id of its key.
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
