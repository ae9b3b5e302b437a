import { notFound } from "next/navigation";
import type { Result } from "@/lib/core/result";
import type { ListInput } from "@/lib/schemas/list";
import { readListPage } from "@/lib/services/read-list-page";

export type UrlParameters = Readonly<Record<string, string | string[] | undefined>>;

/** The page of a list that the URL asks for; not found when the list is gone or hidden. */
export async function shownList<
  List extends ListInput,
  Page extends { readonly rows: readonly unknown[]; readonly total: number },
>(asked: List, searchFault: string | null, read: (list: List) => Promise<Result<Page>>) {
  const answer = await readListPage(asked, read);
  if (!answer.ok) notFound();
  const { list, page } = answer.value;
  // An unsearchable term shows no rows: a full list would look like its result.
  return { list, searchFault, page: searchFault === null ? page : { ...page, rows: [], total: 0 } };
}
