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

/** Users edit, truncate and bookmark URLs, so an invalid page is ignored. */
const lenient = z.object({
  page: z.preprocess(Number, page).catch(defaults.page),
  pageSize: z.preprocess(Number, pageSize).catch(defaults.pageSize),
});

/** The first value of a parameter that may be repeated. */
export function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** Reads a list's state from its page's URL parameters. */
export function listFromAddress(parameters: AddressParameters): {
  readonly list: ListInput;
  /** Why the search is invalid. It is never ignored, since the list would then show everything. */
  readonly searchFault: string | null;
} {
  const paging = lenient.parse({ page: firstOf(parameters.page), pageSize: firstOf(parameters.pageSize) });
  const searched = search.safeParse(firstOf(parameters.search));
  return {
    list: { ...paging, search: searched.success ? searchText(searched.data) : defaults.search },
    searchFault: searched.error?.issues[0]?.message ?? null,
  };
}

/** The length of the longest token, since people paste a token to find its key. */
const longestJump = 1024;

/** Text typed or pasted into the command menu. */
export const jumpInput = z.strictObject({
  text: typedString(longestJump)
    .min(1)
    .max(longestJump)
    .refine((text) => !text.includes("\0") && text.isWellFormed(), "This text cannot be searched for"),
});
export type JumpInput = z.infer<typeof jumpInput>;

/** The page of affected keys to show: 0 shows the most used keys, later pages list all of them. */
export const impactPage = z.int().min(0).max(10_000).default(0);
