import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";

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
