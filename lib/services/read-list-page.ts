import type { Result } from "@/lib/core/result";
import { mapResult, success } from "@/lib/core/result";

type Asked = { readonly page: number; readonly pageSize: number };
type Page = { readonly rows: readonly unknown[]; readonly total: number };

/**
 * Reads the page of a list that a URL names, or the last page if the named one is past the end, for example because
 * rows were deleted.
 *
 * @returns the page, and the list state that it belongs to
 */
export async function readListPage<List extends Asked, Found extends Page>(
  asked: List,
  read: (list: List) => Promise<Result<Found>>,
): Promise<Result<{ readonly list: List; readonly page: Found }>> {
  const found = await read(asked);
  if (!found.ok) return found;
  const last = Math.max(1, Math.ceil(found.value.total / asked.pageSize));
  if (asked.page <= last) return success({ list: asked, page: found.value });
  return readListPage({ ...asked, page: last }, read);
}

/**
 * Like `readListPage`, for a search that may be refused because it would take too long. The page then has no rows,
 * since unsearched rows would look like the result.
 *
 * @param searchFault why the search in the URL is invalid; null if it is valid
 */
export async function readSearchedPage<List extends Asked & { readonly search: string }, Found extends Page>(
  asked: List,
  searchFault: string | null,
  read: (list: List) => Promise<Result<Found>>,
) {
  const searched = await readListPage(asked, read);
  const fault = searched.ok ? undefined : searched.fields?.find(({ field }) => field === "search")?.message;
  const found = fault === undefined ? searched : await readListPage({ ...asked, search: "", page: 1 }, read);
  const isFaulty = fault !== undefined || searchFault !== null;
  return mapResult(found, ({ list, page }) => ({
    list,
    searchFault: fault ?? searchFault,
    page: isFaulty ? { ...page, rows: [], total: 0 } : page,
  }));
}
