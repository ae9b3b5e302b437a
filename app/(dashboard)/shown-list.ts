import type { Result } from "@/lib/core/result";
import type { ListInput } from "@/lib/schemas/list";
import type { MemberContext } from "@/lib/services/access/context";
import { readSearchedPage } from "@/lib/services/read-list-page";
import { readShown } from "./read-shown";

export type UrlParameters = Readonly<Record<string, string | string[] | undefined>>;

/** The page of a list that the URL asks for; not found when the list is gone or hidden. */
export async function shownList<
  List extends ListInput,
  Page extends { readonly rows: readonly unknown[]; readonly total: number },
>(
  context: MemberContext,
  asked: List,
  searchFault: string | null,
  read: (list: List) => Promise<Result<Page>>,
) {
  return readShown(context, () => readSearchedPage(asked, searchFault, read));
}
