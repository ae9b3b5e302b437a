import { log } from "@/lib/log";
import type { OrganizationId } from "@/lib/services/access/context";

/** What is failing in which organization, so that it is logged only once. */
const failing = new Set<string>();

/**
 * Runs `act` in each of these organizations. A failure in one does not stop the others.
 *
 * @param what names the failed work in the log
 * @param act returns whether there may be more to do
 * @returns whether there may be more in any of them. Failed ones wait for a later run
 */
export async function inEach<Due extends { readonly organizationId: OrganizationId }>(
  what: string,
  organizations: readonly Due[],
  signal: AbortSignal,
  act: (due: Due) => Promise<boolean>,
): Promise<boolean> {
  let hasMore = false;
  for (const due of organizations) {
    if (signal.aborted) return false;
    const failure = `${what}, of organization ${due.organizationId}`;
    try {
      if (await act(due)) hasMore = true;
      failing.delete(failure);
    } catch (error) {
      if (!failing.has(failure)) log().error(error, failure);
      failing.add(failure);
    }
  }
  return hasMore;
}
