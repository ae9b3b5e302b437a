import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { SnapshotLoader } from "./snapshot-loader";

const organizationId = "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11";
const ofKey = (keyId: string) => [{ organizationId, keyId, userId: null }];
const ofUser = [{ organizationId, keyId: null, userId: "ana" }];

const key = (id: string, name: string): KeySnapshot => ({
  ...{
    id,
    organizationId,
    name,
    subject: null,
    metadata: null,
    type: "secret",
    accessLevel: "ADMIN",
    roles: [],
    creatorId: "ana",
  },
  ...{ namespace: { type: "organization", id: organizationId }, creatorLevel: "OWNER", keyCreators: "OWNER" },
  ...{ maximumLifetimeDays: null, createdAt: new Date(0) },
  ...{ expiresAt: null, pausedAt: null, revokedAt: null, deletedAt: null, secrets: [] },
  ...{ allowedAddresses: [], rateLimit: null },
});

/** A database that answers when the test lets it. */
function slowly() {
  const questions: { ids: readonly string[]; answer: (name: string) => void; fail: () => void }[] = [];
  const kept: [string, string | null][] = [];
  const loader = new SnapshotLoader<KeySnapshot>(
    (ids) =>
      new Promise((resolve, reject) => {
        const found = (name: string) =>
          ids.filter((id) => id !== "none").map((id) => [id, key(id, name)] as const);
        questions.push({
          ids,
          answer: (name) => resolve(new Map(found(name))),
          fail: () => reject(new Error("lost")),
        });
      }),
    (id, found) => kept.push([id, found?.name ?? null]),
  );
  const question = async (index: number) => {
    for (;;) {
      const asked = questions[index];
      if (asked !== undefined) return asked;
      await turn();
    }
  };
  return { loader, questions, kept, question };
}

describe("SnapshotLoader", () => {
  test("reads many keys in one query, and each once", async () => {
    const { loader, questions, kept, question } = slowly();
    const found = Promise.all(["a", "b", "a", "none"].map((id) => loader.find(id, false)));
    (await question(0)).answer("found");
    expect((await found).map((each) => each?.name ?? null)).toEqual(["found", "found", "found", null]);
    expect(questions.map(({ ids }) => ids)).toEqual([["a", "b", "none"]]);
    expect(kept).toEqual([
      ["a", "found"],
      ["b", "found"],
      ["none", null],
    ]);
  });

  test("however many keys are guessed, two queries are in flight", async () => {
    const { loader, questions, question } = slowly();
    const found: Promise<unknown>[] = [];
    for (let index = 0; index < 1000; index++) found.push(loader.find(`k${index}`, true));
    await question(1);
    for (let index = 0; index < 50; index++) await turn();
    expect(questions.map(({ ids }) => ids.length)).toEqual([200, 200]);
    for (let index = 0; index < 5; index++) (await question(index)).answer("found");
    await Promise.all(found);
    expect(questions).toHaveLength(5);
  });

  test.each([
    ["of the key", ofKey("a")],
    ["of its creator, who is not known yet", ofUser],
    ["that was missed", "everything"],
  ] as const)(
    "[L1] what was asked before a change %s is not kept, and nobody asks along",
    async (_, change) => {
      const { loader, kept, question } = slowly();
      const before = loader.find("a", true);
      const first = await question(0);
      loader.forget(change);
      const after = loader.find("a", true);
      const second = await question(1);
      second.answer("after");
      first.answer("before");
      expect((await before)?.name).toBe("before");
      expect((await after)?.name).toBe("after");
      expect(kept).toEqual([["a", "after"]]);
    },
  );

  test("[L1] without trust queries are not shared, and a change reaches both of two queries", async () => {
    const { loader, kept, question } = slowly();
    const one = loader.find("a", true);
    const first = await question(0);
    const other = loader.find("a", false);
    const second = await question(1);
    loader.forget(ofKey("a"));
    first.answer("first");
    second.answer("second");
    expect((await one)?.name).toBe("first");
    expect((await other)?.name).toBe("second");
    expect(kept).toEqual([]);
  });

  test("a change of another key leaves queries in flight usable and shared", async () => {
    const { loader, kept, questions, question } = slowly();
    const one = loader.find("a", true);
    const first = await question(0);
    loader.forget(ofKey("b"));
    const other = loader.find("a", true);
    first.answer("same");
    expect([(await one)?.name, (await other)?.name]).toEqual(["same", "same"]);
    expect(kept).toEqual([["a", "same"]]);
    expect(questions).toHaveLength(1);
  });

  test("a failed query fails its callers, and the next one runs again", async () => {
    const { loader, kept, question } = slowly();
    const failing = loader.find("a", true);
    (await question(0)).fail();
    await expect(failing).rejects.toThrow("lost");
    const again = loader.find("a", true);
    (await question(1)).answer("found");
    expect((await again)?.name).toBe("found");
    expect(kept).toEqual([["a", "found"]]);
  });
});
