import { z } from "zod";
import { bulkStepSize, listedAtOnce, tickedMaximum } from "@/lib/core/keys/bulk/bulk-change";
import { keyId } from "../key";
import { searchInput } from "../key-list";
import { keyListFromAddress } from "../key-list-address";

const roleId = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, "This is not a role id");

/** What happens to each key. */
const bulkChange = z.discriminatedUnion("verb", [
  z.strictObject({ verb: z.enum(["revoke", "pause", "resume", "delete"]) }),
  z.strictObject({ verb: z.literal("transfer"), toUserId: z.uuid("This is not a member") }),
  z.strictObject({ verb: z.enum(["addRole", "removeRole"]), role: roleId }),
]);
export type BulkChange = z.infer<typeof bulkChange>;

/** The filters and search of a list, parsed as the page does, so that both select the same keys. */
const keyListQuery = z
  .string()
  .max(8000)
  .transform((query, context) => {
    const { list, searchFault } = keyListFromAddress(parametersOf(query));
    if (searchFault === null) return list;
    context.addIssue({ code: "custom", message: searchFault });
    return z.NEVER;
  });

/** Query parameters in the form that Next gives to a page: a value, or a list if the parameter repeats. */
export function parametersOf(query: string): Record<string, string | string[]> {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}

export const keySelection = z.strictObject({
  /** Only keys that this person created, as their own page lists them. */
  own: z.boolean(),
  /** The ticked keys; null selects every key that matches the list's address. */
  ids: z.array(keyId).min(1).max(tickedMaximum).nullable(),
  /** The query of the list's address. */
  address: keyListQuery,
});
export type KeySelection = z.output<typeof keySelection>;

export const selectedCallsInput = z.strictObject({ selection: keySelection });
export type SelectedCallsInput = z.output<typeof selectedCallsInput>;

export const previewChangesInput = z.strictObject({ change: bulkChange, selection: keySelection });
export type PreviewChangesInput = z.output<typeof previewChangesInput>;

/** A page of a dry run's keys. */
export const listBulkKeysInput = z.strictObject({
  own: z.boolean(),
  ids: z.array(keyId).min(1).max(listedAtOnce),
});
export type ListBulkKeysInput = z.output<typeof listBulkKeysInput>;

/** `seen` is what the dry run reported for the key. If that has changed, the key is skipped. */
export const changeKeysInput = z.strictObject({
  change: bulkChange,
  keys: z
    .array(
      z.strictObject({ id: keyId, seen: z.string().regex(/^[0-9A-Za-z_-]{16}$/, "This is not a dry run's") }),
    )
    .min(1)
    .max(bulkStepSize)
    .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, "A key is named twice"),
});
export type ChangeKeysInput = z.output<typeof changeKeysInput>;

/** Finds people who can be made the creator of keys. */
export const receiversInput = z.strictObject({ search: searchInput });
export type ReceiversInput = z.output<typeof receiversInput>;
