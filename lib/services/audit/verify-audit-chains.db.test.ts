import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeOrganizations } from "@/e2e/support/data/many-organizations";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database, inTransaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { auditHash, chainStart } from "./audit-hash";
import { keyOldChains } from "./key-old-chains";
import { recordAuditEntry } from "./record-audit-entry";
import type { ChainPosition } from "./verify-audit-chains";
import { checkAuditChain } from "./verify-audit-chains";

provideTestDatabase();

const origin = { at: new Date(), address: "203.0.113.7", userAgent: "test", requestId: "request" };
const actor = { kind: "system", name: "Test" } as const;

async function write(id: string, count: number, title = "New"): Promise<void> {
  const facts = (number: number) => ({
    action: "role.updated" as const,
    target: { type: "role" as const, id: `role_${number}`, name: `Role ${number}` },
    details: { titleBefore: "Old", title: `${title} ${number}`, permissions: ["users:read"] },
  });
  const [first, ...rest] = Array.from({ length: count }, (_, index) => facts(index));
  if (first === undefined) return;
  const organization = { id: id as OrganizationId };
  await inTransaction((transaction) =>
    recordAuditEntry(transaction, { organization, actor, origin }, first, ...rest),
  );
}

async function makeChain(count: number): Promise<string> {
  const slug = randomUUID();
  const [id] = await makeOrganizations([{ name: "Chained", slug }]);
  if (id === undefined) throw new Error("No organization was made");
  await write(id, count);
  return id;
}

async function checkpointOf(id: string): Promise<ChainPosition> {
  const head = await database().auditHead.findUniqueOrThrow({ where: { organizationId: id } });
  return { ...head, at: new Date() };
}

const faultsOf = async (id: string, checkpoints: ChainPosition[] = []) =>
  (await checkAuditChain({ id, slug: "chained" }, checkpoints)).faults;

/** Runs SQL as the database's owner can, bypassing the triggers. */
async function tamper(...statements: string[]): Promise<void> {
  await inTransaction(async (transaction) => {
    await transaction.$executeRawUnsafe("SET LOCAL session_replication_role = replica");
    for (const statement of statements) await transaction.$executeRawUnsafe(statement);
  });
}

const where = (id: string, sequence: number) => `WHERE organization_id = '${id}' AND sequence = ${sequence}`;
const renumber = (id: string, from: number, to: number) =>
  `UPDATE audit_entries SET sequence = ${to} ${where(id, from)}`;
const cutAfter = (id: string, sequence: number) =>
  `DELETE FROM audit_entries WHERE organization_id = '${id}' AND sequence > ${sequence}`;
const headTo = (id: string, sequence: number) =>
  `UPDATE audit_heads SET sequence = ${sequence}, hash = coalesce((SELECT hash FROM audit_entries
    ${where(id, sequence)}), decode(repeat('00', 32), 'hex')) WHERE organization_id = '${id}'`;

/** Rehashes the entries, as an attacker with everything but the key could. */
async function rehash(id: string, from: number, unkeyed: boolean): Promise<void> {
  if (unkeyed) await tamper(`UPDATE audit_entries SET pepper_version = NULL WHERE organization_id = '${id}'`);
  const entries = await database().auditEntry.findMany({
    where: { organizationId: id },
    orderBy: { sequence: "asc" },
  });
  let hash: Uint8Array = chainStart;
  for (const entry of entries) {
    hash = entry.sequence < from ? entry.hash : auditHash(null, hash, entry);
    const text = Buffer.from(hash).toString("hex");
    await tamper(`UPDATE audit_entries SET hash = '\\x${text}' ${where(id, entry.sequence)}`);
  }
  await tamper(headTo(id, entries.at(-1)?.sequence ?? 0));
}

const edits = [
  ...["actor_name = 'Eve'", "action = 'role.deleted'", "target_id = 'x'", "target_name = 'x'"],
  ...[
    "target_type = 'key'",
    "actor_kind = 'user'",
    `actor_user_id = '${randomUUID()}'`,
    "actor_key_id = 'x'",
  ],
  ...["at = at - interval '1 second'", "address = NULL", "user_agent = 'x'", "request_id = NULL"],
  ...[`details = '{}'`, `details = details || '{"title": "x"}'`, `on_behalf_of_id = '${randomUUID()}'`],
  ...["hash = decode(repeat('ab', 32), 'hex')", "pepper_version = 2", "pepper_version = NULL"],
  `organization_id = '${randomUUID()}'`,
];

describe("the audit chain under a key", () => {
  // The constraint refuses rows without a key, which an older version wrote. It is dropped here, because attackers
  // could write them.
  const constraint = `"audit_entries_are_keyed" CHECK ("pepper_version" IS NOT NULL) NOT VALID`;
  beforeAll(() => tamper("ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_are_keyed"));
  afterAll(() => tamper(`ALTER TABLE audit_entries ADD CONSTRAINT ${constraint}`));

  test("[L7] verifies as written, and with every checkpoint taken on the way", async () => {
    const id = await makeChain(3);
    const first = await checkpointOf(id);
    await write(id, 4);
    expect(await faultsOf(id, [first, await checkpointOf(id)])).toEqual([]);
  });

  test.each(edits)("[L7] an edit is found in any entry: %s", async (edit) => {
    for (const sequence of [1, 3, 5]) {
      const id = await makeChain(5);
      await tamper(`UPDATE audit_entries SET ${edit} ${where(id, sequence)}`);
      const number = edit.startsWith("organization_id")
        ? `entry ${sequence} is missing`
        : `entry ${sequence} `;
      expect((await faultsOf(id)).join("; ")).toContain(number);
    }
  });

  test("[L7] deleting, reordering, copying, rehashing and truncating are detected, wherever they are", async () => {
    const size = fc.integer({ min: 2, max: 8 });
    const kinds = [
      "delete",
      "close up",
      "swap",
      "swap all but hashes",
      "rehash",
      "unkey",
      "copy",
      "cut",
    ] as const;
    const attack = fc.record({ size, kind: fc.constantFrom(...kinds), at: fc.nat(), other: fc.nat() });
    await fc.assert(
      fc.asyncProperty(attack, async ({ size, kind, at, other }) => {
        const id = await makeChain(size);
        const entry = 1 + (at % size);
        const second = 1 + ((entry + (other % (size - 1))) % size);
        if (kind === "delete") await tamper(`DELETE FROM audit_entries ${where(id, entry)}`);
        if (kind === "cut") await tamper(cutAfter(id, entry - 1));
        if (kind === "close up") {
          // Not the last entry: a cut tail is only detected by a checkpoint.
          const gone = Math.min(entry, size - 1);
          await tamper(`DELETE FROM audit_entries ${where(id, gone)}`);
          for (let next = gone + 1; next <= size; next++) await tamper(renumber(id, next, next - 1));
          await tamper(headTo(id, size - 1));
        }
        if (kind === "swap") {
          await tamper(renumber(id, entry, 99), renumber(id, second, entry), renumber(id, 99, second));
          await tamper(headTo(id, size));
        }
        if (kind === "swap all but hashes") {
          await tamper(`UPDATE audit_entries a SET target_id = b.target_id, target_name = b.target_name,
            details = b.details FROM audit_entries b WHERE a.organization_id = '${id}' AND b.organization_id = '${id}'
            AND a.sequence = ${entry} AND b.sequence = ${second}`);
        }
        if (kind === "rehash" || kind === "unkey") {
          await tamper(`UPDATE audit_entries SET target_name = 'Forged' ${where(id, entry)}`);
          await rehash(id, entry, kind === "unkey");
        }
        if (kind === "copy") {
          await tamper(`INSERT INTO audit_entries SELECT (json_populate_record(e, json_build_object('id',
            gen_random_uuid(), 'sequence', ${size + 1}))).* FROM audit_entries e ${where(id, entry)}`);
          await tamper(headTo(id, size + 1));
        }
        expect(await faultsOf(id)).not.toEqual([]);
        // The server's next entry does not hide the tampering.
        await write(id, 1, "Later");
        if (kind !== "cut") expect(await faultsOf(id)).not.toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("[L7] a cut tail with a reset head is detected by a checkpoint, even after more entries", async () => {
    for (const left of [0, 2, 4]) {
      const id = await makeChain(5);
      const checkpoint = await checkpointOf(id);
      await tamper(cutAfter(id, left), headTo(id, left));
      const cut = left === 4 ? "entry 5 is missing" : `entries ${left + 1} to 5 are missing`;
      expect(await faultsOf(id, [checkpoint])).toEqual([expect.stringContaining(`${cut} at the end`)]);
      await write(id, 6, "Other");
      const replaced = expect.stringContaining("entry 5 is not the one of the checkpoint");
      expect(await faultsOf(id)).toEqual([]);
      expect(await faultsOf(id, [checkpoint])).toEqual([replaced]);
    }
  });

  test("[L7] an old chain is keyed once at a start, and cannot be changed from then on", async () => {
    const id = await makeChain(4);
    await rehash(id, 1, true);
    expect(await faultsOf(id)).toEqual([expect.stringContaining("entry 4 is the last and has no key")]);
    await Promise.all([keyOldChains(new Date()), keyOldChains(new Date())]);
    const { faults, unkeyed } = await checkAuditChain({ id, slug: "chained" });
    expect(faults).toEqual([]);
    expect(unkeyed, "what no key covered is told").toMatchObject({ last: 4 });
    const last = await database().auditEntry.findMany({
      where: { organizationId: id, sequence: { gt: 4 } },
      select: { sequence: true, action: true, targetName: true },
    });
    expect(last).toEqual([{ sequence: 5, action: "organization.audit_keyed", targetName: "Chained" }]);
    await tamper(`UPDATE audit_entries SET target_name = 'Forged' ${where(id, 2)}`);
    await rehash(id, 2, false);
    expect(await faultsOf(id)).not.toEqual([]);
  });
});

test("[L7] an entry without a key is refused by the database", async () => {
  const id = await makeChain(1);
  const unkey = tamper(`UPDATE audit_entries SET pepper_version = NULL ${where(id, 1)}`);
  await expect(unkey).rejects.toThrow("audit_entries_are_keyed");
});
