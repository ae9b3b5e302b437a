import { beforeEach, describe, expect, test, vi } from "vitest";
import { agedChain } from "@/e2e/support/data/aged-chain";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database, inTransaction } from "@/lib/db/client";
import { log } from "@/lib/log";
import type { OrganizationId } from "@/lib/services/access/context";
import { checkShownEntries } from "../check-shown-entries";
import { openCheckpoint } from "../open-checkpoint";
import { signCheckpoint } from "../sign-checkpoint";
import { checkAuditChain } from "../verify-audit-chains";
import { changeAuditRetention } from "./change-audit-retention";
import { cutAuditLogs } from "./cut-audit-logs";
import { previewAuditRetention } from "./preview-audit-retention";

provideTestDatabase();
let organization: TestOrganization;
let id: OrganizationId;
const now = new Date();
let { ago, write, chain, aDayLater }: ReturnType<typeof agedChain> = agedChain("" as OrganizationId, now);

beforeEach(async () => {
  organization = await createTestOrganization("Retention");
  id = organization.id as OrganizationId;
  ({ ago, write, chain, aDayLater } = agedChain(id, now));
});

const keepFor = (auditRetentionDays: number | null) =>
  database().organization.update({ where: { id }, data: { auditRetentionDays } });
const cut = (at = now) => cutAuditLogs(at, new AbortController().signal);
const sequences = async () =>
  (
    await database().auditEntry.findMany({
      where: { organizationId: id },
      orderBy: { sequence: "asc" },
      select: { sequence: true },
    })
  ).map(({ sequence }) => sequence);
const check = (checkpoints: Parameters<typeof checkAuditChain>[1] = []) =>
  checkAuditChain({ id, slug: "kept" }, checkpoints);

describe("an audit log that is kept for 30 days", () => {
  test("[L7] loses its older entries, and the rest still verifies, even with an older checkpoint", async () => {
    await chain(90, 60, 40, 20, 1);
    const signed = value(await signCheckpoint(id, now));
    const opened = await openCheckpoint(signed.checkpoint);
    await keepFor(30);
    await cut();
    expect(await sequences()).toEqual([4, 5, 6]);
    const whole = await check(opened === null ? [] : [opened.position]);
    expect(whole).toMatchObject({ faults: [], entries: 6, cut: { through: 3 } });
    const rows = await database().auditEntry.findMany({ where: { organizationId: id } });
    expect(await checkShownEntries(id, rows)).toEqual([]);
    expect(rows.find(({ sequence }) => sequence === 6)).toMatchObject({
      ...{ action: "organization.audit_cut", actorKind: "system" },
      details: { through: 3, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    // No entry is a day too old any more.
    await aDayLater();
    await cut();
    expect(await sequences()).toEqual([4, 5, 6]);
  });

  test("[L7] keeps everything without a setting, and all entries from the first one that is young enough", async () => {
    await chain(90, 20, 60, 1);
    await cut();
    expect(await sequences()).toEqual([1, 2, 3, 4]);
    await keepFor(30);
    await cut();
    // The third entry is old but follows a young one, and the chain is only cut at its beginning.
    expect(await sequences()).toEqual([2, 3, 4, 5]);
    expect((await check()).faults).toEqual([]);
  });

  test("[L7] can be cut to its last entry, again and again, and by two nodes at once", async () => {
    await chain(190, 180);
    await keepFor(30);
    await Promise.all([cut(ago(50)), cut(ago(50))]);
    expect(await sequences()).toEqual([3]);
    expect((await check()).faults).toEqual([]);
    expect((await signCheckpoint(id, now)).ok).toBe(true);
    // Without new entries, a further cut would only replace the entry of the previous one.
    await cut();
    expect(await sequences()).toEqual([3]);
    await write(40);
    await aDayLater();
    await cut();
    expect(await sequences()).toEqual([5]);
    expect((await check()).faults).toEqual([]);
  });

  test("[L7] is cut further by the next run after a process died between the cut and the removal", async () => {
    await chain(90, 60, 1);
    await keepFor(30);
    const stopped = new AbortController();
    stopped.abort();
    await cutAuditLogs(now, stopped.signal);
    expect(await sequences()).toEqual([1, 2, 3]);
    await cut();
    expect(await sequences()).toEqual([3, 4]);
  });

  test("[L7] keeps what a reader of the log has not read yet", async () => {
    await chain(90, 60, 40, 1);
    await keepFor(30);
    await database().logCursor.create({ data: { reader: "test", organizationId: id, sequence: 1 } });
    await cut();
    expect(await sequences()).toEqual([2, 3, 4, 5]);
    await database().logCursor.updateMany({ where: { organizationId: id }, data: { sequence: 5 } });
    await aDayLater();
    await cut();
    expect(await sequences()).toEqual([4, 5, 6]);
    expect((await check()).faults).toEqual([]);
  });

  test("[L7] is not cut while its oldest entries are modified", async () => {
    await chain(90, 60, 1);
    await keepFor(30);
    await database().$transaction(async (transaction) => {
      await transaction.$executeRaw`SET LOCAL session_replication_role = replica`;
      await transaction.$executeRaw`
        UPDATE audit_entries SET actor_name = 'Nobody' WHERE organization_id = ${id}::uuid AND sequence = 2`;
    });
    await cut();
    expect(await sequences()).toEqual([1, 2, 3]);
    expect((await check()).fault).toContain("entry 2 was changed");
  });

  test("[L7] is not cut by a retention without an audit entry, nor in the week after a change", async () => {
    await chain(90, 60, 40, 1);
    await keepFor(31);
    await cut();
    expect(await sequences()).toEqual([1, 2, 3, 4]);
    await write(6, 31);
    for (const later of [-1, -1]) {
      await aDayLater();
      await cut(ago(later));
    }
    expect(await sequences()).toEqual([1, 2, 3, 4, 5]);
  });

  test("[L7] is not cut earlier by a node whose clock is ahead", async () => {
    await chain(20, 10, 1);
    await keepFor(30);
    await cut(ago(-365));
    expect(await sequences()).toEqual([1, 2, 3]);
  });

  test("[L7] is cut past an entry from a clock that was ahead, once a later entry is old", async () => {
    await chain(90, 60, -400, 50, -400, 1);
    await keepFor(30);
    await cut();
    expect(await sequences()).toEqual([5, 6, 7]);
    expect((await check()).faults).toEqual([]);
    // If all later entries have dates in the future, nothing is known to be old.
    await chain(90, 60, -400, -400);
    await cut();
    expect(await sequences()).toEqual([3, 4, 5]);
  });

  test("[L7] is checked once a day by all nodes together, however often it is refused", async () => {
    const logged = vi.spyOn(log(), "error").mockImplementation(() => undefined);
    await chain(90, 60, 1);
    await keepFor(31);
    await Promise.all(Array.from({ length: 5 }, () => cut()));
    await cut();
    const ours = logged.mock.calls.filter(([about]) => JSON.stringify(about).includes(id));
    expect(ours.length).toBe(1);
    expect(await sequences()).toEqual([1, 2, 3]);
    logged.mockRestore();
  });

  test("[L7] reports checkpoints whose entries were cut, so that they cannot be compared", async () => {
    await chain(90, 60, 40, 1);
    await keepFor(30);
    await cut();
    const early = { organizationId: id, sequence: 1, hash: Buffer.alloc(32), at: ago(80) };
    expect(await check([early])).toMatchObject({ faults: [], beforeCut: [early] });
  });

  test("[L7] shows entries removed without a cut, beyond a cut, and by a forged cut", async () => {
    const attacks: [string, string][] = [
      ["DELETE FROM audit_entries WHERE sequence = 4", "entry 4 is missing"],
      [
        `UPDATE audit_entries SET details = jsonb_set(details, '{through}', '4') WHERE sequence = 6`,
        "entry 6 was changed",
      ],
      ["DELETE FROM audit_entries WHERE sequence = 6", "entries 1 to 3 are missing"],
    ];
    for (const [attack, fault] of attacks) {
      await chain(90, 60, 40, 20, 1);
      await keepFor(30);
      await cut();
      await database().$transaction(async (transaction) => {
        await transaction.$executeRaw`SET LOCAL session_replication_role = replica`;
        await transaction.$executeRawUnsafe(`${attack} AND organization_id = '${id}'`);
      });
      expect((await check()).faults.join("; "), attack).toContain(fault);
    }
  });

  test("[L7] the database refuses to remove any other entry", async () => {
    await chain(90, 60, 40, 20, 1);
    await keepFor(30);
    const remove = (sequence: number) =>
      inTransaction(async (transaction) => {
        await transaction.$executeRaw`SELECT set_config('latchkey.audit_cut', ${id}, true)`;
        await transaction.$executeRaw`
          DELETE FROM audit_entries WHERE organization_id = ${id}::uuid AND sequence = ${sequence}`;
      });
    await expect(remove(1)).rejects.toThrow(/never changed or removed/);
    await cut();
    await expect(remove(4)).rejects.toThrow(/never changed or removed/);
    await expect(
      database().auditEntry.updateMany({ where: { organizationId: id }, data: { actorName: "x" } }),
    ).rejects.toThrow();
  });
});

test("[L7] a shorter time asks for the password, a longer one does not, and both are recorded", async () => {
  await chain(90, 60, 1);
  const late = await organization.as("OWNER", ago(1));
  const stale = { ...late, origin: { ...late.origin, at: now } };
  const owner = await organization.as("OWNER");
  expect(value(await previewAuditRetention(owner, { days: 30 }))).toMatchObject({
    entries: 2,
    isMore: false,
  });
  expect(await changeAuditRetention(stale, { days: 30, seen: null })).toMatchObject({
    code: "reauthentication_required",
  });
  value(await changeAuditRetention(owner, { days: 30, seen: null }));
  expect(await changeAuditRetention(owner, { days: 60, seen: 90 })).toMatchObject({ code: "conflict" });
  value(await changeAuditRetention(stale, { days: null, seen: 30 }));
  const recorded = await database().auditEntry.findMany({
    where: { organizationId: id, action: "organization.updated" },
    orderBy: { sequence: "asc" },
    select: { details: true },
  });
  expect(recorded.slice(1).map(({ details }) => details)).toMatchObject([
    { auditRetentionDaysBefore: null, auditRetentionDays: 30 },
    { auditRetentionDaysBefore: 30, auditRetentionDays: null },
  ]);
});
