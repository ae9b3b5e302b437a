import { beforeAll, describe, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { keyListStatuses, keySortColumns } from "@/lib/core/keys/key-list-settings";
import { database } from "@/lib/db/client";
import type { KeyListInput } from "@/lib/schemas/key-list";
import { keyListInput } from "@/lib/schemas/key-list";
import { deleteKey } from "../delete-key";
import { generateKey } from "../generate-key";
import { revokeKey } from "../revoke-key";
import { rollKey } from "../roll-key";
import type { KeyRow } from "./key-view";
import { listKeys } from "./list-keys";

let organization: TestOrganization;
let other: TestOrganization;
let ids: Record<string, string>;

const now = new Date();
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const before = later(-60);

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("List");
  other = await createTestOrganization("Elsewhere");
  const make = async (name: string, description: string, expiresAt: Date | null, where = organization) => {
    const input = {
      name,
      description,
      type: "secret",
      accessLevel: "MEMBER",
      namespace: { type: "organization", id: where.id },
      roles: ["read_only", "auditor"],
      expiresAt,
    } as const;
    return value(await generateKey(await where.as("OWNER", before), { ...input, roles: [...input.roles] }))
      .id;
  };
  ids = {
    percent: await make("100% sure", "", null),
    underscore: await make("snake_case", "", later(3600)),
    quote: await make("O'Brien \\ son", `'; DROP TABLE api_keys; --`, null),
    emoji: await make("Rocket 🚀", "naïve café", null),
    expired: await make("Gone", "", later(-1)),
    revoked: await make("Killed", "", null),
    rolling: await make("Rolling", "", null),
    deleted: await make("Deleted", "", null),
    foreign: await make("100% foreign", "", null, other),
  };
  const owner = await organization.as("OWNER", now);
  value(await revokeKey(owner, { keyId: ids.revoked ?? "" }));
  value(await deleteKey(owner, { keyId: ids.deleted ?? "" }));
  value(await rollKey(owner, { keyId: ids.rolling ?? "", graceSeconds: 3600, version: 1 }));
});

async function list(over: Partial<KeyListInput> = {}, at = now) {
  return value(
    await listKeys(await organization.as("OWNER", at), keyListInput.parse({ status: "all", ...over })),
  );
}
const names = (rows: readonly KeyRow[]) => rows.map((row) => row.name).sort();

describe("search [S2]", () => {
  const cases: [search: string, expected: string[]][] = [
    ["%", ["100% sure"]],
    ["_", ["O'Brien \\ son", "snake_case"]],
    ["'", ["O'Brien \\ son"]],
    ["\\", ["O'Brien \\ son"]],
    ["🚀", ["Rocket 🚀"]],
    ["CAFÉ", ["Rocket 🚀"]],
    ["cafe\u0301", ["Rocket 🚀"]],
    ["NAI\u0308VE\u00a0 ca\u200bfé", ["Rocket 🚀"]],
    ["drop table", ["O'Brien \\ son"]],
    ["no such thing", []],
    ["SNAKE", ["snake_case"]],
    ["  snake  ", ["snake_case"]],
  ];
  for (const [search, expected] of cases) {
    test(`[S2] "${search}" finds ${expected.length === 0 ? "nothing" : expected.join(", ")}`, async () => {
      const page = await list({ search });
      expect(names(page.rows)).toEqual(expected);
      expect(page.total).toBe(expected.length);
    });
  }

  test("[S2] finds by key id, with and without its prefix, and by the creator's name and email", async () => {
    const { id } = (await list({ search: "snake" })).rows[0] ?? { id: "" };
    expect(names((await list({ search: id })).rows)).toEqual(["snake_case"]);
    expect(names((await list({ search: `key_${id}` })).rows)).toEqual(["snake_case"]);
    expect((await list({ search: "OWNER of List" })).total).toBe((await list()).total);
    expect((await list({ search: "owner-" })).total).toBe((await list()).total);
    expect((await list({ search: "nobody@" })).total).toBe(0);
  });

  test("a search that is too long or holds NUL is refused before it reaches the database", () => {
    expect(keyListInput.safeParse({ search: "x".repeat(10_000) }).success).toBe(false);
    expect(keyListInput.safeParse({ search: "a\0b" }).success).toBe(false);
    expect(keyListInput.safeParse({ search: "\ud800" }).success).toBe(false);
  });
});

describe("filter, sort and page", () => {
  test("[S3] each filter shows exactly its keys, and the counts agree", async () => {
    const { counts } = await list();
    const all = (count: number) => ({ count, isAll: true });
    const ended = { revoked: all(1), expired: all(1) };
    expect(counts).toEqual({ active: all(6), paused: all(0), rolling: all(1), ...ended, all: all(8) });
    const active = ["100% sure", "Default API Key", "O'Brien \\ son", "Rocket 🚀", "Rolling", "snake_case"];
    expect(names((await list({ status: "active" })).rows)).toEqual(active);
    expect(names((await list({ status: "rolling" })).rows)).toEqual(["Rolling"]);
    expect(names((await list({ status: "revoked" })).rows)).toEqual(["Killed"]);
    expect(names((await list({ status: "expired" })).rows)).toEqual(["Gone"]);
  });

  test("[S3] the database's filters agree with the pure status at every moment", async () => {
    for (const seconds of [-59, -1.001, -1, 0, 3599, 3600, 3601]) {
      const at = later(seconds);
      const all = await list({}, at);
      for (const status of keyListStatuses) {
        const shown = await list({ status }, at);
        const expected = all.rows.filter((row) =>
          status === "all"
            ? true
            : status === "active"
              ? ["active", "rolling", "paused"].includes(row.status)
              : row.status === status,
        );
        expect(names(shown.rows)).toEqual(names(expected));
        expect(shown.counts[status]).toEqual({ count: expected.length, isAll: true });
      }
    }
  });

  test("[S4] [Y4] a row has everything the table shows", async () => {
    const row = (await list({ search: "snake" })).rows[0];
    expect(row).toMatchObject({
      name: "snake_case",
      type: "secret",
      accessLevel: "MEMBER",
      namespace: { type: "organization", id: organization.id },
      status: "active",
      createdAt: before,
      lastUsedAt: null,
      expiresAt: later(3600),
      roles: [
        { id: "read_only", title: "Read-Only" },
        { id: "auditor", title: "Read the Audit Log" },
      ],
    });
    expect(row?.createdBy.id).toBe(organization.userIds.OWNER);
  });

  test("both directions of every sort are each other's reverse, and pages have no gaps or duplicates", async () => {
    for (const sort of keySortColumns) {
      const whole = async (direction: "asc" | "desc") =>
        (await list({ sort, direction })).rows.map((row) => row.id);
      const ascending = await whole("asc");
      expect(await whole("desc")).toEqual([...ascending].reverse());
    }
    for (let extra = 0; extra < 8; extra++) {
      const owner = await organization.as("OWNER", before);
      const input = {
        name: `Extra ${extra}`,
        description: "",
        type: "secret",
        accessLevel: "MEMBER",
      } as const;
      const namespace = { type: "organization", id: organization.id } as const;
      value(await generateKey(owner, { ...input, namespace, roles: [], expiresAt: null }));
    }
    const pages = [await list({ pageSize: 10, page: 1 }), await list({ pageSize: 10, page: 2 })];
    expect(pages.map((page) => page.rows.length)).toEqual([10, 6]);
    expect(new Set(pages.flatMap((page) => page.rows.map((row) => row.id))).size).toBe(16);
    expect((await list({ pageSize: 10, page: 1_000_000 })).rows).toEqual([]);
  });
});

describe("visibility of the list", () => {
  test("[B2] owners and admins see it; for a member the page does not exist", async () => {
    const input = keyListInput.parse({});
    expect(await listKeys(await organization.as("ADMIN"), input)).toMatchObject({ ok: true });
    expect(await listKeys(await organization.as("MEMBER"), input)).toMatchObject({
      ok: false,
      code: "not_found",
    });
  });

  test("[B2] an admin may only revoke and pause, and only below OWNER", async () => {
    const page = value(await listKeys(await organization.as("ADMIN", now), keyListInput.parse({})));
    for (const row of page.rows) {
      expect(row.allowed).toEqual({
        update: false,
        roll: false,
        duplicate: false,
        pause: true,
        resume: false,
        revoke: true,
        delete: false,
      });
    }
  });

  test("another organization's keys are in no list", async () => {
    expect((await list({ search: "foreign" })).total).toBe(0);
    expect(await database().apiKey.count({ where: { id: ids.foreign } })).toBe(1);
  });
});
