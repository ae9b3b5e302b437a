import { database } from "@/lib/db/client";
import { chainStart } from "@/lib/services/audit/audit-hash";

type Row = { readonly name: string; readonly slug: string };

/** Creates empty organizations with just an audit chain, in two statements. Returns their ids. */
export async function makeOrganizations(rows: readonly Row[]): Promise<readonly string[]> {
  const made = await database().organization.createManyAndReturn({ data: [...rows], select: { id: true } });
  const heads = made.map(({ id }) => ({ organizationId: id, sequence: 0, hash: chainStart }));
  await database().auditHead.createMany({ data: heads });
  return made.map(({ id }) => id);
}
