import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { ListBulkKeysInput } from "@/lib/schemas/bulk/bulk-keys";
import type { MemberContext } from "@/lib/services/access/context";
import type { ListedImpact } from "../impact/most-used-keys";
import { listImpact } from "../impact/most-used-keys";
import { readBulkKeys } from "./bulk-key";
import { readCalls } from "./read-selected-calls";
import { seeNamedKeys } from "./see-selected-keys";

/** Details and usage of some keys of a dry run, in the given order. Deleted keys are left out. */
export async function listBulkKeys(
  context: MemberContext,
  { own, ids: named }: ListBulkKeysInput,
): Promise<Result<readonly ListedImpact[]>> {
  const condition = seeNamedKeys(context, { own, ids: named });
  if (!condition.ok) return condition;
  const seen = new Set((await readBulkKeys(database(), condition.value, named.length)).map(({ id }) => id));
  const ids = named.filter((id) => seen.has(id));
  const { organization, origin } = context;
  const calls = await readCalls(database(), organization.id, ids, origin.at);
  const used = ids.map((id) => ({ id, calls: calls.get(id) ?? 0 }));
  return success(await listImpact(database(), organization.id, used, origin.at));
}
