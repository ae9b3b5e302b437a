/**
 * Downloads the keys of the list on the page as CSV. The browser stays on the page: the answer is a file.
 *
 * @param query the list's filters, or the ticked keys
 */
export function downloadKeys(query: string): void {
  window.location.assign(`${window.location.pathname}/export${query === "" ? "" : `?${query}`}`);
}
