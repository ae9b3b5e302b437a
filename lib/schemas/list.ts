import { z } from "zod";
import { keyListDefaults as defaults } from "@/lib/core/keys/key-list-settings";
import { searchText } from "@/lib/core/search-text";
import { typedString } from "@/lib/schemas/fields/plain-text";
import { keyListInput } from "./key-list";

/** The state of a list with search and paging, as in its page's URL. */
export const listInput = keyListInput.pick({ search: true, page: true, pageSize: true });
export type ListInput = z.infer<typeof listInput>;

export type AddressParameters = Readonly<Record<string, string | string[] | undefined>>;

const { page, pageSize, search } = listInput.shape;

/** URLs get typed, truncated and kept for years, so an invalid page is ignored. */
const lenient = z.object({
  page: z.preprocess(Number, page).catch(defaults.page),
  pageSize: z.preprocess(Number, pageSize).catch(defaults.pageSize),
});

/** A parameter that counts once, however often the address repeats it. */
export function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** Reads a list's state from its page's URL parameters. */
export function listFromAddress(parameters: AddressParameters): {
  readonly list: ListInput;
  /** Why the search is invalid. It is never dropped silently, or it would seem to match everything. */
  readonly searchFault: string | null;
} {
  const paging = lenient.parse({ page: firstOf(parameters.page), pageSize: firstOf(parameters.pageSize) });
  const searched = search.safeParse(firstOf(parameters.search));
  return {
    list: { ...paging, search: searched.success ? searchText(searched.data) : defaults.search },
    searchFault: searched.error?.issues[0]?.message ?? null,
  };
}

/** As long as the longest token: people look for a key by its token. */
const longestJump = 1024;

/** What was typed or pasted into the command menu. */
export const jumpInput = z.strictObject({
  text: typedString(longestJump)
    .min(1)
    .max(longestJump)
    .refine((text) => !text.includes("\0") && text.isWellFormed(), "This text cannot be searched for"),
});
export type JumpInput = z.infer<typeof jumpInput>;

/** Which of the keys that a change affects to show: 0 is the most used ones, then come all, a page at a time. */
export const impactPage = z.int().min(0).max(10_000).default(0);
