import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { value } from "@/e2e/support/data/test-organization";
import { database } from "@/lib/db/client";
import { seenOf } from "@/lib/services/keys/bulk/bulk-key";
import { changeKeys } from "@/lib/services/keys/bulk/change-keys";
import type { Step } from "./step";

type CheckedKey = { readonly id: string; readonly checks: readonly number[] };

/** Changes many keys in one request, as the dashboard does. The answer is final for each key. */
export function changeMany(organization: TestOrganization, keys: readonly CheckedKey[]): Step[] {
  const become = (verb: "pause" | "resume" | "revoke", verdict: string): Step => ({
    kind: `${verb} many`,
    alters: keys.flatMap(({ checks }) => checks),
    verdict,
    perform: async () => {
      const found = await database().apiKey.findMany({ where: { id: { in: keys.map(({ id }) => id) } } });
      const step = { change: { verb }, keys: found.map((key) => ({ id: key.id, seen: seenOf(key) })) };
      const { skipped } = value(await changeKeys(await organization.as("OWNER"), step));
      if (skipped.length > 0) throw new Error(`${verb} left ${skipped.length} keys alone`);
      return true;
    },
  });
  return [become("pause", "PAUSED"), become("resume", "VALID"), become("revoke", "REVOKED")];
}
