import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { deferred } from "@/e2e/support/timing/deferred";
import { haveLease, underOneLease } from "@/e2e/support/timing/under-one-lease";
import { database, inTransaction, runPrepared } from "@/lib/db/client";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import {
  isMemoryTrusted,
  onVerdictChanges,
  startChangeFeed,
  stopChangeFeed,
  trustEndsAt,
} from "./change-feed";

let organization: TestOrganization;
let keyId: string;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Changes");
  keyId = (await createTestKey(organization, { creator: "OWNER", accessLevel: "ADMIN", roles: [] })).id;
});

describe("[L1] a node", () => {
  const heard: string[] = [];
  let end: () => void;

  beforeEach(async () => {
    heard.length = 0;
    end = onVerdictChanges((changes) => {
      heard.push(...(changes === "everything" ? [changes] : changes.map((each) => each.keyId ?? "")));
    });
    await startChangeFeed();
    await haveLease();
  });
  afterEach(async () => {
    end();
    await stopChangeFeed();
  });

  const rename = (name: string) =>
    inTransaction((transaction) => transaction.apiKey.update({ where: { id: keyId }, data: { name } }));

  test("trusts its memory while it has a lease, and starts with an empty one", async () => {
    expect(heard).toEqual(["everything"]);
    await underOneLease(async () => {
      expect(isMemoryTrusted()).toBe(true);
      expect(trustEndsAt()).toBeGreaterThan(performance.now());
    });
  });

  /** The changes received until the author was answered. */
  const heardDuring = (change: () => Promise<unknown>) =>
    underOneLease(async () => {
      heard.length = 0;
      await change();
      return [...heard];
    });

  test("has applied a change before its author is answered", async () => {
    for (let count = 1; count <= 20; count++) {
      expect(await heardDuring(() => rename(`Name ${count}`))).toEqual([keyId]);
    }
  });

  /** An additional listener, whose promises resolve when the test says so. */
  function promising() {
    const promised = deferred();
    const endListening = onVerdictChanges(() => promised.promise);
    return () => {
      endListening();
      promised.resolve();
    };
  }

  /** Waits until this node renews its lease, which also acknowledges changes. */
  async function renewal() {
    const before = trustEndsAt();
    while (trustEndsAt() <= before) await sleep(5);
  }

  test("acknowledges when all its listeners have kept their promises", async () => {
    await underOneLease(async () => {
      heard.length = 0;
      let wasAnswered = false;
      const keep = promising();
      const answered = rename("Promised").then(() => {
        wasAnswered = true;
      });
      try {
        while (heard.length === 0) await sleep(5);
        await renewal();
        expect(wasAnswered).toBe(false);
        // The node's own memory is up to date meanwhile.
        expect(isMemoryTrusted()).toBe(true);
      } finally {
        keep();
        await answered;
      }
    });
  });

  test("is also waited for by a caller whose change was already done", async () => {
    const asOwner = await organization.as("OWNER");
    const sooner = await underOneLease(async () => {
      const { id } = await createTestKey(organization, { creator: "OWNER", accessLevel: "ADMIN", roles: [] });
      const keep = promising();
      const first = revokeKey(asOwner, { keyId: id });
      const isRevoked = async () =>
        (await database().apiKey.findUniqueOrThrow({ where: { id } })).revokedAt !== null;
      while (!(await isRevoked())) await sleep(5);
      const second = revokeKey(asOwner, { keyId: id }).then(() => "answered");
      const whichever = await Promise.race([
        second,
        renewal()
          .then(renewal)
          .then(() => "waiting"),
      ]);
      keep();
      await Promise.all([first, second]);
      return whichever;
    });
    expect(sooner).toBe("waiting");
  });

  test("that is notified of a change, but not of the previous one, reads both", async () => {
    const both = await heardDuring(async () => {
      await database().$executeRaw`
        WITH head AS (UPDATE verdict_change_head SET sequence = sequence + 1 RETURNING sequence)
        INSERT INTO verdict_changes (sequence, organization_id, key_id)
        SELECT sequence, ${organization.id}::uuid, 'of which nobody told' FROM head`;
      await rename("Told");
    });
    expect(both.sort()).toEqual([keyId, "of which nobody told"].sort());
  });

  test("receives everything that one transaction changed, by notification or by reading", async () => {
    const keyIds: string[] = [];
    for (let count = 0; count < 51; count++) {
      const made = await createTestKey(organization, { creator: "OWNER", accessLevel: "MEMBER", roles: [] });
      keyIds.push(made.id);
    }
    for (const changed of [keyIds.slice(0, 2), keyIds.slice(0, 50), keyIds]) {
      const data = { name: "Renamed" };
      const told = await heardDuring(() =>
        inTransaction((transaction) =>
          transaction.apiKey.updateMany({ where: { id: { in: changed } }, data }),
        ),
      );
      expect([...new Set(told)].sort()).toEqual([...changed].sort());
    }
  });

  test("that missed changes forgets everything", async () => {
    // Simulates changes that are no longer stored.
    await inTransaction(async (transaction) => {
      await transaction.$executeRaw`UPDATE verdict_change_head SET sequence = sequence + 3`;
      await transaction.$executeRaw`DELETE FROM verdict_changes`;
    });
    while (heard.length < 2) await sleep(20);
    expect(heard).toEqual(["everything", "everything"]);
  });

  test("whose database lost the latest changes forgets everything", async () => {
    expect(await heardDuring(() => rename("Lost"))).toEqual([keyId]);
    await database().$executeRaw`UPDATE verdict_change_head SET sequence = sequence - 1`;
    while (heard.length < 2) await sleep(20);
    expect(heard).toEqual([keyId, "everything"]);
  });

  test("that stops trusts nothing and gives its lease back", async () => {
    expect(await database().node.count()).toBe(1);
    await stopChangeFeed();
    expect(isMemoryTrusted()).toBe(false);
    expect(await database().node.count()).toBe(0);
    await rename("After the stop");
    expect(heard).toEqual(["everything"]);
    await startChangeFeed();
  });

  test.runIf(process.env.LATCHKEY_TEST_DATABASE === "postgres")(
    "that cannot renew its lease trusts nothing when the change is answered without it",
    async () => {
      await database().$transaction(
        async (transaction) => {
          // This process may pause here for any time.
          await transaction.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = 0`;
          // Neither a renewal nor an acknowledgement comes through.
          await transaction.$executeRaw`SELECT id FROM nodes FOR UPDATE`;
          await inTransaction((other) =>
            other.apiKey.update({ where: { id: keyId }, data: { name: "Alone" } }),
          );
          expect(isMemoryTrusted()).toBe(false);
        },
        { timeout: 50_000 },
      );
      await haveLease();
      expect(heard.length).toBeGreaterThan(1);
    },
  );

  test("renews by itself and keeps its trust", async () => {
    const first = trustEndsAt();
    await expect.poll(trustEndsAt, { timeout: 50_000 }).toBeGreaterThan(first);
    expect(await runPrepared({ name: "one", text: "SELECT id FROM nodes", values: [] })).toHaveLength(1);
  });
});
