import { notFound } from "next/navigation";
import type { Result } from "@/lib/core/result";
import type { MemberContext } from "@/lib/services/access/context";
import { withinReads } from "@/lib/services/throttle/people-shares";

/**
 * Reads what a page shows, within the share of the person and the organization; not found when it is gone or hidden.
 *
 * @throws when too many of their pages are read at once
 */
export async function readShown<T>(context: MemberContext, read: () => Promise<Result<T>>): Promise<T> {
  const answer = await withinReads(context, read);
  if (answer.ok) return answer.value;
  if (answer.code === "rate_limited") throw new Error(answer.detail);
  notFound();
}
