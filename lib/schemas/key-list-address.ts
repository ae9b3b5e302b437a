import { z } from "zod";
import { keyListDefaults as defaults } from "@/lib/core/keys/key-list-settings";
import { searchText } from "@/lib/core/search-text";
import { type KeyListInput, keyListInput } from "./key-list";

const { status, sort, direction, page, pageSize, search, subject, label } = keyListInput.shape;

/** URLs get typed, truncated and kept for years, so invalid parameters are ignored. */
const lenient = z.object({
  status: status.catch(defaults.status),
  sort: sort.catch(defaults.sort),
  direction: direction.catch(defaults.direction),
  page: z.preprocess(Number, page).catch(defaults.page),
  pageSize: z.preprocess(Number, pageSize).catch(defaults.pageSize),
});

type Parameters = Readonly<Record<string, string | string[] | undefined>>;

type KeyListAddress = {
  readonly list: KeyListInput;
  /** Why the search or a filter is invalid. It is never dropped silently, or it would seem to match everything. */
  readonly searchFault: string | null;
};

/** Reads the API keys page's state from its URL parameters. */
export function keyListFromAddress(parameters: Parameters): KeyListAddress {
  const first = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
  const searched = search.safeParse(first.search);
  const ofSubject = subject.safeParse(first.subject);
  const carrying = label.safeParse(parameters.label === undefined ? [] : [parameters.label].flat());
  const fault = [searched, ofSubject, carrying].find(({ success }) => !success)?.error?.issues[0];
  return {
    list: {
      ...lenient.parse(first),
      search: searched.success ? searchText(searched.data) : defaults.search,
      subject: ofSubject.data ?? defaults.subject,
      label: carrying.data ?? [],
    },
    searchFault: fault === undefined ? null : fault.message,
  };
}
