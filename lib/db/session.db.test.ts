import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { asAdministrator, databaseUrl } from "@/e2e/support/database/installation";
import { dropMadeDatabases, makeDatabase, openAt } from "@/e2e/support/database/made-database";
import { needPgbouncer, startPgbouncer } from "@/e2e/support/database/pgbouncer";
import { verifyAuditChains } from "@/lib/services/audit/verify-audit-chains";
import { generateKey } from "@/lib/services/keys/generate-key";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { rollKey } from "@/lib/services/keys/roll-key";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import { closeDatabase, database, runPrepared } from "./client";

const isPostgres = process.env.LATCHKEY_TEST_DATABASE === "postgres";
const pgbouncer = isPostgres ? needPgbouncer() : undefined;

const input = {
  ...({ description: "", type: "secret", accessLevel: "MEMBER" } as const),
  roles: [] as string[],
};

const generate = async (organization: TestOrganization, name: string, expiresAt: Date | null, at: Date) =>
  value(
    await generateKey(await organization.as("OWNER", at), {
      ...input,
      name,
      expiresAt,
      namespace: { type: "organization", id: organization.id },
    }),
  );

/** Checks the promises about keys on the open database. */
async function expectPromises(): Promise<void> {
  const organization = await createTestOrganization("Session \\ 'é'");
  const now = new Date();
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  const codeAt = async (token: string, at: Date) => (await judgeToken(token, {}, at)).code;

  const ends = await generate(organization, "It's \\ é €", after(60), now);
  expect([await codeAt(ends.token, after(59)), await codeAt(ends.token, after(60))]).toEqual([
    "VALID",
    "EXPIRED",
  ]);
  const { expiresAt, name } = await database().apiKey.findUniqueOrThrow({ where: { id: ends.id } });
  expect([expiresAt, name]).toEqual([after(60), "It's \\ é €"]);
  const statement = {
    name: "of",
    text: "SELECT expires_at AS at FROM api_keys WHERE id = $1",
    values: [ends.id],
  };
  expect(await runPrepared<{ at: Date }>(statement)).toEqual([{ at: after(60) }]);

  const rolled = await generate(organization, "Rolled", null, now);
  const owner = await organization.as("OWNER", now);
  value(await rollKey(owner, { keyId: rolled.id, graceSeconds: 60, version: 1 }));
  expect([await codeAt(rolled.token, after(59)), await codeAt(rolled.token, after(60))]).toEqual([
    "VALID",
    "ROLLED",
  ]);
  value(await revokeKey(owner, { keyId: rolled.id }));
  expect(await codeAt(rolled.token, now)).toBe("REVOKED");

  // All of these lock the same rows.
  const together = Array.from({ length: 20 }, (_, index) =>
    generate(organization, `Parallel ${index}`, null, now),
  );
  expect(await Promise.all(together)).toHaveLength(20);
  expect((await verifyAuditChains()).map(({ fault }) => fault)).not.toContainEqual(expect.any(String));
}

describe.runIf(isPostgres)("a PostgreSQL with other settings", () => {
  let name: string;
  const role = `latchkey_role_${randomBytes(6).toString("hex")}`;
  beforeAll(async () => {
    name = await makeDatabase(`TEMPLATE ${process.env.LATCHKEY_TEST_TEMPLATE}`);
    await asAdministrator(`CREATE ROLE ${role} SUPERUSER LOGIN`);
  });
  afterAll(async () => {
    await dropMadeDatabases();
    await asAdministrator(`DROP ROLE ${role}`);
  });

  const hostile: Readonly<Record<string, readonly (readonly [setting: string, to: string])[]>> = {
    "SQL and every literal read otherwise": [
      ["DateStyle", "SQL, DMY"],
      ["TimeZone", "America/New_York"],
      ["default_transaction_isolation", "repeatable read"],
      ["standard_conforming_strings", "off"],
      ["bytea_output", "escape"],
      ["client_encoding", "LATIN1"],
      ["synchronous_commit", "off"],
    ],
    "German, serializable and nothing writable": [
      ["DateStyle", "German"],
      ["IntervalStyle", "sql_standard"],
      ["TimeZone", "Europe/Berlin"],
      ["default_transaction_isolation", "serializable"],
      ["default_transaction_read_only", "on"],
      ["default_transaction_deferrable", "on"],
      ["quote_all_identifiers", "on"],
    ],
    "Postgres, and other names and numbers": [
      ["DateStyle", "Postgres, MDY"],
      ["search_path", "pg_catalog"],
      ["transform_null_equals", "on"],
      ["array_nulls", "off"],
      ["extra_float_digits", "-15"],
      ["idle_in_transaction_session_timeout", "1ms"],
      ["lock_timeout", "1ms"],
    ],
  };

  test.each(Object.keys(hostile))(
    "in every session of the database keeps every promise: %s",
    async (which) => {
      for (const [setting, to] of hostile[which] ?? []) {
        await asAdministrator(`ALTER DATABASE ${name} SET ${setting} = ${quoted(setting, to)}`);
      }
      try {
        await openAt(databaseUrl(name));
        await expectPromises();
        expect(await runPrepared({ name: "durable", text: "SHOW synchronous_commit", values: [] })).toEqual([
          { synchronous_commit: "on" },
        ]);
      } finally {
        await closeDatabase();
        await asAdministrator(`ALTER DATABASE ${name} RESET ALL`);
      }
    },
  );

  test("for the role, and while it runs, keeps every promise", async () => {
    const url = new URL(databaseUrl(name));
    url.username = role;
    await openAt(url.href);
    try {
      for (const [setting, to] of Object.values(hostile).flat()) {
        await asAdministrator(`ALTER ROLE ${role} SET ${setting} = ${quoted(setting, to)}`);
      }
      // Every connection starts fresh with these.
      await asAdministrator(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${role}'`,
      );
      await expect
        .poll(() =>
          database()
            .organization.count()
            .catch(() => 0),
        )
        .toBeGreaterThan(0);
      await expectPromises();
    } finally {
      await closeDatabase();
    }
  });

  test.each([
    ["ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0", /encoding is SQL_ASCII/],
    ["ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0", /encoding is LATIN1/],
  ])("that cannot store every character is refused with one line: %s", async (how, reason) => {
    await expect(openAt(databaseUrl(await makeDatabase(how)))).rejects.toThrow(reason);
  });

  test("so that no trigger runs is refused with one line, which names the setting", async () => {
    await asAdministrator(`ALTER DATABASE ${name} SET session_replication_role = replica`);
    try {
      await expect(openAt(databaseUrl(name))).rejects.toThrow(/session_replication_role is replica/);
    } finally {
      await asAdministrator(`ALTER DATABASE ${name} RESET session_replication_role`);
    }
  });

  describe.skipIf(pgbouncer === undefined)("behind pgbouncer, if that is installed", () => {
    const pools = [
      { mode: "transaction" },
      { mode: "transaction", roundRobin: true },
      { mode: "statement" },
    ] as const;

    test.each(pools)("with %o is refused with one line", async (pool) => {
      const { urlOf, stop } = await startPgbouncer(pgbouncer ?? "", databaseUrl(name), pool);
      try {
        // Sessions are already in use, so that the check cannot succeed by luck.
        await expect(openAt(urlOf(name))).rejects.toThrow(/pool_mode/);
        await expect(openAt(urlOf(name))).rejects.toThrow(/pool_mode/);
      } finally {
        await stop();
      }
    });

    test("that gives each client its own session keeps every promise", async () => {
      const { urlOf, stop } = await startPgbouncer(pgbouncer ?? "", databaseUrl(name), { mode: "session" });
      try {
        await openAt(urlOf(name));
        await expectPromises();
      } finally {
        await closeDatabase();
        await stop();
      }
    });
  });
});

/** A list of schemas is not a text value. */
function quoted(setting: string, to: string): string {
  return setting === "search_path" ? to : `'${to}'`;
}
