import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import type { ChangeScope } from "../changes/change-scope";
import { isInScope } from "../changes/change-scope";
import { SnapshotFeed } from "./snapshot-feed";

// Models a database of names, a feed from it and a receiver that forgets what it is told to. Reads and changes finish
// in any order. In every order, the receiver never has a key in a state older than a change it was told of.

const ids = ["a", "b", "c", "d", "e", "f", "g"];
const users = ["u", "v"];

function keyOf(id: string, version: number): KeySnapshot {
  return {
    id,
    organizationId: "o",
    name: String(version),
    type: "secret",
    accessLevel: "MEMBER",
    namespace: { type: "organization", id: "o" },
    roles: [],
    creatorId: users[ids.indexOf(id) % 2] ?? "",
    creatorLevel: "MEMBER",
    keyCreators: "OWNER",
    maximumLifetimeDays: null,
    createdAt: new Date(0),
    expiresAt: null,
    pausedAt: null,
    revokedAt: null,
    deletedAt: null,
    subject: null,
    metadata: null,
    allowedAddresses: [],
    rateLimit: null,
    secrets: [],
  };
}

const scope = fc.oneof(
  // Few keys, so that one changes again while it is being reread.
  { weight: 4, arbitrary: fc.subarray(["a", "b"], { minLength: 1 }).map((keyIds) => of({ keyIds })) },
  { weight: 1, arbitrary: fc.constantFrom(...users).map((user) => of({ userIds: [user] })) },
  { weight: 1, arbitrary: fc.constant(of({ all: true })) },
);

type Change = { keyIds: readonly string[]; userIds: readonly string[]; all: boolean };

function of(change: Partial<Change>): Change {
  return { keyIds: [], userIds: [], all: false, ...change };
}

test("[L1] a key known to have changed is never sent in its old state, and everything arrives up to date", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(scope, { maxLength: 8 }),
      fc.integer({ min: 1, max: 4 }),
      async (scheduler, changes, pageSize) => {
        const versions = new Map(ids.map((id) => [id, 0]));
        const received = new Map<string, string>();
        const heard = new Map(ids.map((id) => [id, 0]));
        const stale: string[] = [];
        let loaded = 0;
        // A statement sees the database as of its start, and answers when the scheduler lets it.
        const answer = <T>(name: string, found: T) => scheduler.schedule(Promise.resolve(found), name);
        const feed = new SnapshotFeed(
          {
            organizationId: "organization",
            list: (userId, after, limit) =>
              answer(
                "list",
                ids
                  .filter((id) => id > after && (userId === null || keyOf(id, 0).creatorId === userId))
                  .slice(0, limit),
              ),
            load: (keyIds) =>
              answer(
                "load",
                keyIds.map((id) => keyOf(id, versions.get(id) ?? 0)),
              ),
            sendKeys: (keys) => {
              for (const { id, name } of keys) {
                if (Number(name) < (heard.get(id) ?? 0)) stale.push(id);
                received.set(id, name);
              }
            },
            sendLoaded: () => {
              loaded++;
            },
            room: () => answer("room", undefined),
          },
          pageSize,
        );
        const running = feed.run();
        const apply = (change: Change) => {
          const about: ChangeScope = {
            keyIds: new Set(change.keyIds),
            userIds: new Set(change.userIds),
            all: change.all,
          };
          const touched = ids.filter((id) => isInScope(about, keyOf(id, 0)));
          for (const id of touched) versions.set(id, (versions.get(id) ?? 0) + 1);
          // The notification arrives later than the change.
          return scheduler.schedule(Promise.resolve(), "heard").then(() => {
            for (const id of touched) {
              heard.set(id, versions.get(id) ?? 0);
              received.delete(id);
            }
            feed.changed(about);
          });
        };
        for (const change of changes) {
          await turn();
          await scheduler.waitFor(apply(change));
        }
        for (await turn(); scheduler.count() > 0; await turn()) await scheduler.waitOne();
        expect(stale).toEqual([]);
        expect(Object.fromEntries(received)).toEqual(
          Object.fromEntries([...versions].map(([id, version]) => [id, String(version)])),
        );
        expect(loaded).toBe(1);
        feed.end();
        await running;
      },
    ),
    { numRuns: 600 },
  );
});
