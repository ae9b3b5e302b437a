import { beforeAll, expect, test } from "vitest";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, setTestLevel, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { keySelection } from "@/lib/schemas/bulk/bulk-keys";
import { exportStream } from "@/lib/services/export-stream";
import { keyCsvHead } from "./key-csv";
import { readExportedKeys } from "./read-exported-keys";

let organization: TestOrganization;
provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Export");
});

const selection = (address: string, over: { own?: boolean; ids?: string[] } = {}) =>
  keySelection.parse({ own: false, ids: null, address, ...over });

async function linesOf(body: ReadableStream<Uint8Array>): Promise<string[]> {
  const text = await new Response(body).text();
  return text.split("\r\n").slice(0, -1);
}

async function exported(address: string, over: { own?: boolean; ids?: string[] } = {}, from = organization) {
  const context = await from.as("OWNER");
  const first = value(await readExportedKeys(context, selection(address, over), null));
  const body = exportStream(keyCsvHead, first, (after) =>
    readExportedKeys(context, selection(address, over), after),
  );
  return linesOf(body);
}

test("[L12, Y3] a key's line has what the list shows, in stable columns, and no secret", async () => {
  const key = await createTestKey(organization, {
    name: '=cmd|" /C calc"!A0',
    description: "two\nlines, and “quotes”",
    accessLevel: "ADMIN",
    roles: ["read_only", "key_verifier"],
    subject: "cus_1",
    labels: { team: "billing" },
    allowedAddresses: ["192.0.2.0/24"],
    rateLimit: { requests: 100, seconds: 60 },
    createdAt: new Date("2026-01-02T03:04:05.678Z"),
  });
  const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);
  await database().apiKeyUsageHour.create({
    data: { organizationId: organization.id, keyId: key.id, hour, outcome: "VALID", calls: 1234 },
  });
  const text = (await exported(`search=${key.id}`)).join("\r\n");
  const [header, line] = text.split(/\r\n/);
  expect(header).toBe(
    "key_id,name,description,type,access_level,roles,namespace_type,namespace_id,namespace,status,created_at,created_by,created_by_email,last_used_at,calls_24h,expires_at,expiry_set_by,grace_ends_at,paused_at,revoked_at,revocation_reason,subject,labels,allowed_addresses,rate_limit,imported",
  );
  const { email, name } = await database().user.findUniqueOrThrow({
    where: { id: organization.userIds.OWNER },
  });
  const { name: place } = await database().organization.findUniqueOrThrow({ where: { id: organization.id } });
  expect(line).toBe(
    `key_${key.id},"'=cmd|"" /C calc""!A0","two\nlines, and “quotes”",secret,ADMIN,read_only key_verifier,organization,${organization.id},${place},active,2026-01-02T03:04:05.678Z,${name},${email},,1234,,,,,,,cus_1,"{""team"":""billing""}",192.0.2.0/24,100/60,false`,
  );
  const hashes = await database().$queryRaw<{ hash: string }[]>`
    SELECT encode(hash, 'hex') AS hash FROM api_key_secrets WHERE key_id = ${key.id}`;
  expect(hashes).toHaveLength(1);
  expect(text).not.toContain(key.token.slice(-20));
  for (const { hash } of hashes) expect(text).not.toContain(hash.slice(0, 16));
});

test("[L12] the file begins with a byte order mark, so that Excel reads names as UTF-8", async () => {
  const first = value(await readExportedKeys(await organization.as("OWNER"), selection(""), null));
  const body = exportStream(keyCsvHead, first, async () => ({ ok: true, value: first }));
  const bytes = new Uint8Array(await new Response(body).arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
});

test("[L12] exports what the list's filters, the ticked keys and the own page select; never another tenant's keys", async () => {
  const elsewhere = await createTestOrganization("Elsewhere");
  const foreign = await createTestKey(elsewhere, { name: "Export me" });
  const mine = await createTestKey(organization, { name: "Export me" });
  const theirs = await createTestKey(organization, { name: "Export me", creator: "ADMIN" });
  const ended = await createTestKey(organization, { name: "Export me" });
  await endTestKey(ended, { revokedAt: new Date() });
  const idsOf = (lines: string[]) =>
    lines.slice(1).map((line) => line.slice("key_".length, line.indexOf(",")));
  expect(idsOf(await exported("search=Export me")).sort()).toEqual([mine.id, theirs.id].sort());
  expect(idsOf(await exported("search=Export me&status=revoked"))).toEqual([ended.id]);
  expect(idsOf(await exported("search=Export me", { own: true }))).toEqual([mine.id]);
  expect(idsOf(await exported("", { ids: [mine.id, ended.id, foreign.id] })).sort()).toEqual(
    [mine.id, ended.id].sort(),
  );
  const member = await organization.as("MEMBER");
  for (const own of [true, false]) {
    expect(await readExportedKeys(member, selection("", { own }), null)).toMatchObject({ code: "not_found" });
  }
});

test("[L12] many pages follow each other without a gap, and a person demoted halfway gets no more", async () => {
  const crowd = await createTestOrganization("Crowd");
  await database().$executeRaw`
    INSERT INTO api_keys (id, organization_id, type, name, access_level, namespace_type, creator_id,
      live_creator_id, created_at)
    SELECT lpad(n::text, 16, 'e'), ${crowd.id}::uuid, 'secret', 'Crowd', 'MEMBER', 'organization',
      ${crowd.userIds.OWNER}::uuid, ${crowd.userIds.OWNER}::uuid, now() - make_interval(secs => n / 10)
    FROM generate_series(1, 2500) n`;
  const lines = (await exported("", {}, crowd)).filter((line) => line.includes(",Crowd,"));
  expect(new Set(lines.map((line) => line.split(",")[0])).size).toBe(2500);

  const first = value(await readExportedKeys(await crowd.as("ADMIN"), selection(""), null));
  let pages = 0;
  const body = exportStream(keyCsvHead, first, async (after) => {
    pages++;
    await setTestLevel(crowd, crowd.userIds.ADMIN, "MEMBER");
    return readExportedKeys(await crowd.as("ADMIN"), selection(""), after);
  });
  await expect(new Response(body).text()).rejects.toThrow();
  expect(pages).toBe(1);

  // An aborted download stops reading.
  let read = 0;
  const aborted = exportStream(keyCsvHead, first, async () => {
    read++;
    return { ok: true, value: first };
  }).getReader();
  await aborted.read();
  await aborted.cancel();
  expect(read).toBe(0);
});
