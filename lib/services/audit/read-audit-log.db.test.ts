import { beforeAll, describe, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, setTestLevel, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database, inTransaction } from "@/lib/db/client";
import { readAuditLogAddress } from "@/lib/schemas/audit/audit-log-address";
import { exportStream } from "@/lib/services/export-stream";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { updateKey } from "@/lib/services/keys/update-key";
import { auditExportHeads } from "./audit-export-rows";
import { auditHash, chainStart } from "./audit-hash";
import { readAuditCheckpoint } from "./read-audit-checkpoint";
import { readAuditExport } from "./read-audit-export";
import { readAuditLog } from "./read-audit-log";
import { recordAuditEntry } from "./record-audit-entry";

let organization: TestOrganization;
let keyId: string;
provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Read");
  keyId = (await createTestKey(organization)).id;
  const change = { keyId, name: "=1+1", description: "" };
  value(await updateKey(await organization.as("OWNER"), change));
  const admin = await organization.as("ADMIN");
  const from = { ...admin.origin, address: "2001:db8::1", userAgent: 'a, "b"' };
  const victim = await createTestKey(organization, { name: "Victim", accessLevel: "MEMBER" });
  value(await revokeKey({ ...admin, origin: from }, { keyId: victim.id }));
});

async function log(address: Record<string, string> = {}, as = organization) {
  const { query, faults } = readAuditLogAddress(address);
  expect(faults).toEqual({});
  return value(await readAuditLog(await as.as("OWNER"), query));
}
const numbers = async (address: Record<string, string>) =>
  (await log(address)).entries.map(({ sequence }) => sequence);

describe("the audit log's page", () => {
  test("[L7] is the organization's own, newest first, and narrowed by each filter in its address", async () => {
    const all = await log();
    expect(all.entries.map(({ action }) => action)).toEqual([
      ...["key.revoked", "key.updated", "key.generated", "organization.created"],
    ]);
    expect(all.after).toBeNull();
    const { userIds } = organization;
    expect(await numbers({ actor: userIds.OWNER })).toEqual([3]);
    expect(await numbers({ actor: "admin OF read" })).toEqual([4]);
    expect(await numbers({ actor: "nobody" })).toEqual([]);
    expect(await numbers({ actor: formatKeyId(keyId) })).toEqual([]);
    expect(await numbers({ action: "key.revoked" })).toEqual([4]);
    expect(await numbers({ action: "keys" })).toEqual([4, 3, 2]);
    expect(await numbers({ action: "keys", target: formatKeyId(keyId) })).toEqual([3]);
    expect(await numbers({ address: "2001:DB8:0::1" })).toEqual([4]);
    expect(await numbers({ address: "203.0.113.7" })).toEqual([3]);
    expect(await numbers({ from: "2000-01-01T00:00:00Z", to: "2001-01-01T00:00:00Z" })).toEqual([]);
    expect(await numbers({ cursor: "3" })).toEqual([2, 1]);
    const theirs = await log({}, await createTestOrganization("Theirs"));
    expect(theirs.entries.map(({ action }) => action)).toEqual(["key.generated", "organization.created"]);
  });

  test("[L7] an invalid filter is an error, not an unfiltered log", () => {
    const address = {
      actor: "\u0000",
      action: "all",
      target: "\u0000",
      address: "1.2.3",
      from: "now",
      cursor: "0",
    };
    const { faults, texts } = readAuditLogAddress({ ...address, to: ["2000-01-01T00:00:00Z", "x"] });
    expect(Object.keys(faults)).toEqual(["actor", "action", "target", "address", "from", "to", "cursor"]);
    expect(texts.action).toBe("all");
    expect(Object.keys(readAuditLogAddress({ target: "a".repeat(1000) }).faults)).toEqual(["target"]);
    for (const search of ["actor:ana actor:ben", "action:none", "address:1.2.3"]) {
      expect(Object.keys(readAuditLogAddress({ search }).faults), search).toEqual(["search"]);
    }
    expect(Object.keys(readAuditLogAddress({ search: "actor:ana", actor: "ben" }).faults)).toEqual([
      "search",
    ]);
  });
});

const exported = (format: "csv" | "jsonl", address: Record<string, string> = {}) =>
  exportedOf(organization, address, format);

async function exportedOf(
  of: TestOrganization,
  address: Record<string, string>,
  format: "csv" | "jsonl" = "jsonl",
): Promise<string> {
  const { query } = readAuditLogAddress(address);
  const context = await of.as("OWNER");
  const first = value(await readAuditExport(context, query, format));
  const body = exportStream(auditExportHeads[format], first, (after) =>
    readAuditExport(context, { ...query, after }, format),
  );
  return new Response(body).text();
}

test("[L7] the page says which of its entries were changed in the database, under any filter", async () => {
  const other = await createTestOrganization("Changed");
  const changed = (await createTestKey(other)).id;
  value(await updateKey(await other.as("OWNER"), { keyId: changed, name: "Before", description: "" }));
  expect((await log({}, other)).faults).toEqual([]);
  await inTransaction(async (transaction) => {
    await transaction.$executeRaw`SET LOCAL session_replication_role = replica`;
    await transaction.$executeRaw`UPDATE audit_entries SET target_name = 'After'
      WHERE organization_id = ${other.id}::uuid AND action = 'key.updated'`;
  });
  const found = [expect.stringContaining("entry 3 was changed")];
  expect((await log({}, other)).faults).toEqual(found);
  expect((await log({ action: "key.updated" }, other)).faults).toEqual(found);
  expect((await log({ action: "settings" }, other)).faults).toEqual([]);
});

test("[L7] an entry without its key is reported on the page, and no checkpoint of its chain is signed", async () => {
  const other = await createTestOrganization("Unkeyed");
  await createTestKey(other);
  const owner = await other.as("OWNER");
  expect(value(await readAuditCheckpoint(owner))).toMatchObject({ sequence: 2 });
  const entries = await database().auditEntry.findMany({
    where: { organizationId: other.id },
    orderBy: { sequence: "asc" },
  });
  const forged = { ...entries[1], targetName: "Forged", pepperVersion: null } as (typeof entries)[number];
  const hash = auditHash(null, entries[0]?.hash ?? chainStart, forged);
  await inTransaction(async (transaction) => {
    await transaction.$executeRaw`SET LOCAL session_replication_role = replica`;
    await transaction.$executeRaw`ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_are_keyed`;
    await transaction.$executeRaw`UPDATE audit_entries SET target_name = 'Forged', pepper_version = NULL, hash = ${hash}
      WHERE organization_id = ${other.id}::uuid AND sequence = 2`;
    await transaction.$executeRaw`UPDATE audit_heads SET hash = ${hash} WHERE organization_id = ${other.id}::uuid`;
    await transaction.$executeRaw`ALTER TABLE audit_entries
      ADD CONSTRAINT audit_entries_are_keyed CHECK (pepper_version IS NOT NULL) NOT VALID`;
  });
  expect((await log({}, other)).faults).toEqual(["entry 2 has no key, although its chain has one"]);
  expect(await readAuditCheckpoint(owner)).toMatchObject({ code: "conflict" });
});

test("[L7] a part of a name finds the entries of all matching people, however many", async () => {
  const large = await createTestOrganization("Large");
  const people = Array.from({ length: 60 }, (_, index) => ({
    name: `Person ${index}`,
    email: `${index}@large.example`,
  }));
  const made = await database().user.createManyAndReturn({ data: people, select: { id: true, name: true } });
  const organizationId = large.id;
  await database().member.createMany({
    data: made.map(({ id: userId }) => ({ organizationId, userId, accessLevel: "MEMBER" as const })),
  });
  const { origin, organization } = await large.as("OWNER");
  for (const { id: userId, name } of made) {
    const context = {
      organization,
      actor: { kind: "user", userId, name },
      origin,
    } as const;
    const facts = {
      action: "role.updated",
      target: { type: "role", id: "role", name: "Role" },
      details: {},
    } as const;
    await inTransaction((transaction) => recordAuditEntry(transaction, context, facts));
  }
  const text = await exportedOf(large, { actor: "large.example" });
  expect(text.trim().split("\n")).toHaveLength(60);
});

describe("the export of the audit log", () => {
  test("[L7, Y3] as CSV opens in a spreadsheet, where no cell is a formula", async () => {
    const [head, revoked, updated, ...others] = (await exported("csv")).split("\r\n");
    expect(head).toBe(
      "entry,at,action,actor_type,actor_id,actor_name,on_behalf_of,target_type,target_id,target_name,details,address,user_agent,request_id,hash",
    );
    expect(revoked).toContain(`,key.revoked,user,${organization.userIds.ADMIN},`);
    expect(revoked).toContain('2001:db8::1,"a, ""b""",');
    expect(updated).toContain(`,${formatKeyId(keyId)},'=1+1,`);
    expect(others).toHaveLength(3);
  });

  test("[L7] as JSON Lines has an object for each entry, and keeps to the filters", async () => {
    const lines = (await exported("jsonl", { action: "key.updated" })).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        ...{ entry: 3, action: "key.updated", target_name: "=1+1", actor_type: "user" },
        details: expect.objectContaining({ name: "=1+1" }),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      }),
    ]);
  });

  test("[L7] refuses each part once the person may no longer read it", async () => {
    const other = await createTestOrganization("Demoted");
    const { query } = readAuditLogAddress({});
    expect(await readAuditExport(await other.as("ADMIN"), query, "csv")).toMatchObject({ ok: true });
    await setTestLevel(other, other.userIds.ADMIN, "MEMBER");
    expect(await readAuditExport(await other.as("ADMIN"), query, "csv")).toMatchObject({ code: "not_found" });
  });
});
