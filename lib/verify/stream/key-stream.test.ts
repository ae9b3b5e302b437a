import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { builtInRole } from "@/lib/core/access/role";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import type { ServerLine } from "@/lib/core/keys/wire/key-wire";
import { type Env, setEnv } from "@/lib/env";
import { log } from "@/lib/log";
import { KeyStream } from "./key-stream";

// Simulates the node around a stream: its listeners, its own lease, and a database that answers when the test says so.
type Answer = (key: KeySnapshot | Error | null) => void;
const node = vi.hoisted(() => ({
  listeners: new Set<(changes: unknown) => unknown>(),
  trustEndsAt: 0,
  readings: [] as Answer[],
}));
vi.mock("../changes/change-feed", () => ({
  onVerdictChanges: (listener: (changes: unknown) => unknown) => {
    node.listeners.add(listener);
    return () => node.listeners.delete(listener);
  },
  trustEndsAt: () => node.trustEndsAt,
}));
vi.mock("../memory/list-key-ids", () => ({ listKeyIds: async () => [] }));
vi.mock("../memory/key-snapshot", () => ({
  loadKeySnapshots: () =>
    new Promise((resolve, reject) => {
      node.readings.push((key) =>
        key instanceof Error ? reject(key) : resolve(new Map(key === null ? [] : [[key.id, key]])),
      );
    }),
}));

const roles = [builtInRole("key_verifier") ?? []].flat();
const nothing = { expiresAt: null, pausedAt: null, subject: null, metadata: null, createdAt: new Date(0) };
let [organizationId, tenants] = ["", 0];
const keyOf = (terms: Partial<KeySnapshot> = {}): KeySnapshot => ({
  ...{ id: "caller", organizationId, name: "Caller", type: "secret", accessLevel: "ADMIN" },
  ...{ namespace: { type: "organization", id: organizationId }, roles, keyCreators: "OWNER" },
  ...{ creatorId: "ana", creatorLevel: "OWNER", maximumLifetimeDays: null, ...nothing },
  ...{ revokedAt: null, deletedAt: null, allowedAddresses: [], rateLimit: null },
  secrets: [{ id: "secret", hash: new Uint8Array(32), pepperVersion: 1, endsAt: null }],
  ...terms,
});

const hangUp = vi.fn<() => void>();
let sent: ServerLine[];
let stream: KeyStream;

beforeEach(() => {
  vi.useFakeTimers();
  setEnv({ peppers: { current: 1, byVersion: new Map([[1, Buffer.alloc(32)]]) } } as unknown as Env);
  organizationId = `organization ${++tenants}`;
  Object.assign(node, { readings: [], trustEndsAt: performance.now() + 1700 });
  sent = [];
  hangUp.mockClear();
  stream = open();
});
afterEach(() => {
  node.listeners.clear();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function open(caller = keyOf()): KeyStream {
  const send = (line: ServerLine) => sent.push(line);
  return new KeyStream({ caller, secretId: "secret", address: null, hangUp, send, room: async () => {} });
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const leases = () => sent.flatMap((line) => ("lease" in line ? [`${line.lease}: ${line.ms} ms`] : []));
const ends = () => sent.flatMap((line) => ("end" in line ? [line.end] : []));
const changes = () => sent.flatMap((line) => ("changed" in line ? [line.changed] : []));
const lost = "This client's own key may no longer verify keys.";

async function answer(key: KeySnapshot | Error | null = keyOf(), which = 0): Promise<void> {
  node.readings.splice(which, 1)[0]?.(key);
  await settle();
}

/** Announces a change of a key, and records when this stream lets the node acknowledge it. */
function change(keyId = "other", id = organizationId) {
  const state = { isOver: false };
  const changes = [{ organizationId: id, keyId, userId: null }];
  void Promise.all([...node.listeners].map((listener) => listener(changes))).then(() => {
    state.isOver = true;
  });
  return state;
}

async function withLease(): Promise<void> {
  await answer();
  stream.renew(1);
  expect(leases()).toEqual(["1: 1650 ms"]);
}

test("[L1] until a client's own key is read, it gets hello and no lease; then the last renewal is answered", async () => {
  expect(sent[0]).toMatchObject({ hello: expect.any(Number), organizationId });
  stream.renew(1);
  stream.renew(2);
  await settle();
  expect(leases()).toEqual([]);
  await answer();
  expect(leases()).toEqual(["2: 1650 ms"]);
  stream.renew(3);
  expect(leases()).toEqual(["2: 1650 ms", "3: 1650 ms"]);
});

test.each([
  ["is gone", () => null, lost],
  ["is revoked", () => keyOf({ revokedAt: new Date(0) }), lost],
  ["has no right any more", () => keyOf({ roles: [] }), lost],
  ["cannot be read", () => new Error("no database"), "Latchkey cannot read this client's own key."],
])("[L1] until a client's own key is read, one whose key %s is sent away", async (_, found, reason) => {
  vi.spyOn(log(), "warn").mockReturnValue();
  stream.renew(1);
  await answer(found());
  expect([ends(), leases()]).toEqual([[reason], []]);
});

describe("[L1] a change to the client's own key", () => {
  beforeEach(withLease);

  test("stops leases until it is read again, and only the newest reading counts", async () => {
    change("caller");
    stream.acknowledge(1);
    stream.renew(2);
    change("caller");
    stream.acknowledge(2);
    await answer(keyOf());
    expect(leases()).toHaveLength(1);
    await answer(keyOf());
    expect(leases()).toEqual(["1: 1650 ms", "2: 1650 ms"]);
  });

  test("that removed its permission ends the stream, although an older read still found it", async () => {
    change("caller");
    change("caller");
    stream.renew(2);
    await answer(null, 1);
    await answer(keyOf());
    expect([ends(), leases()]).toEqual([[lost], ["1: 1650 ms"]]);
  });

  test("ends the stream if an older read fails", async () => {
    vi.spyOn(log(), "warn").mockReturnValue();
    change("caller");
    change("caller");
    await answer(new Error("no database"));
    expect(ends()).toEqual(["Latchkey cannot read this client's own key."]);
  });
});

test("[P5] a client's key that expires without a change ends its stream at the next renewal", async () => {
  await answer(keyOf({ expiresAt: new Date(Date.now() + 500) }));
  await vi.advanceTimersByTimeAsync(500);
  stream.renew(1);
  expect([ends(), leases()]).toEqual([[lost], []]);
});

test.each([
  ["ends 50 ms before this node's own", 1000, 950],
  ["never lasts longer than two seconds", 10_000, 2000],
  ["is not granted for less than 100 ms", 149, 0],
  ["is not granted when this node has none", -1, 0],
])("[L1] a lease %s", async (_, trustMs, ms) => {
  await answer();
  node.trustEndsAt = performance.now() + trustMs;
  stream.renew(1);
  expect(leases()).toEqual([`1: ${ms} ms`]);
});

test("[L1] the node acknowledges a change at once when the client has no lease, or when it is about another organization", async () => {
  await answer();
  const [own, other] = [change(), change("other", "elsewhere")];
  await settle();
  expect([own.isOver, other.isOver, changes()]).toEqual([true, true, [1]]);
  stream.renew(1);
  stream.acknowledge(1);
  stream.renew(2);
  expect(leases()).toEqual(["1: 0 ms", "2: 1650 ms"]);
});

test("[L1] the node acknowledges a change once the client's lease is over, and disconnects the client", async () => {
  await withLease();
  const state = change();
  await vi.advanceTimersByTimeAsync(1649);
  expect([state.isOver, ends()]).toEqual([false, []]);
  await vi.advanceTimersByTimeAsync(1);
  expect([state.isOver, ends()]).toEqual([true, ["A change was not acknowledged in time."]]);
  // The organization has delayed everybody, so its next stream gets no lease for now.
  stream = open();
  await answer();
  stream.renew(2);
  expect(leases().at(-1)).toEqual("2: 0 ms");
});

describe("[L1] a client that is told to stop", () => {
  beforeEach(withLease);

  test("is sent nothing more and hung up on after a second, and its lease still counts", async () => {
    stream.end("Enough.");
    stream.end("Again.");
    const state = change();
    stream.renew(2);
    expect([ends(), changes(), leases()]).toEqual([["Enough."], [], ["1: 1650 ms"]]);
    await vi.advanceTimersByTimeAsync(999);
    expect(hangUp).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(hangUp).toHaveBeenCalledOnce();
    expect(state.isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(650);
    expect([state.isOver, ends()]).toEqual([true, ["Enough."]]);
  });

  test("is not waited for any more once it says that it has ended", async () => {
    const before = change();
    stream.end("Enough.");
    const after = change();
    stream.confirmEnd();
    const later = change();
    await settle();
    expect([before.isOver, after.isOver, later.isOver]).toEqual([true, true, true]);
    expect(hangUp).toHaveBeenCalledOnce();
    stream.renew(2);
    stream.end("Again.");
    await stream.closed();
    expect([ends(), leases(), node.listeners.size]).toEqual([["Enough."], ["1: 1650 ms"], 0]);
  });

  test("gets no lease from a read of its key that was under way", async () => {
    change("caller");
    stream.renew(2);
    stream.end("Enough.");
    await answer();
    expect([ends(), leases()]).toEqual([["Enough."], ["1: 1650 ms"]]);
  });
});

test("[L1] a client whose connection is gone is waited for until its lease is over", async () => {
  await withLease();
  let isOver = false;
  void stream.closed().then(() => {
    isOver = true;
  });
  const state = change();
  await vi.advanceTimersByTimeAsync(1649);
  expect([isOver, state.isOver, node.listeners.size, changes()]).toEqual([false, false, 1, []]);
  await vi.advanceTimersByTimeAsync(1);
  expect([isOver, state.isOver, node.listeners.size, ends()]).toEqual([true, true, 0, []]);
});
