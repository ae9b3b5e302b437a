import { expect, test } from "vitest";
import type { KeySnapshot } from "../verdict";
import { checkChanged, checkLease, checkWireTerms, readWireKey } from "./check-wire";
import type { WireKey, WireTerms } from "./key-wire";
import { fromWire, toWireKey, toWireTerms } from "./key-wire";

const terms: WireTerms = {
  type: "secret",
  accessLevel: "MEMBER",
  namespace: ["organization", "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11"],
  roles: [["reader", true, ["applications:read"]]],
  creatorId: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d12",
  creatorLevel: "OWNER",
  keyCreators: "ADMIN",
  maximumLifetimeDays: 90,
};
const hash = Buffer.alloc(32, 7).toString("base64");
const key: WireKey = [
  ...([
    "0123456789abcdEF",
    "Billing",
    "cus_1",
    '{"n": 1.0}',
    0,
    1_600_000_000_000,
    1_800_000_000_000,
    1_700_000_000_000,
    null,
    null,
  ] as const),
  [["01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d13", hash, 1, 1_800_000_000_000]],
  false,
  ["203.0.113.0/24"],
];
const bytes = (text: string) => Buffer.from(text, "base64");
const text = (hashed: Uint8Array) => Buffer.from(hashed).toString("base64");

/** The paths of all values in it. */
function ways(value: unknown, way: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [way];
  return Object.entries(value).flatMap(([name, inner]) => ways(inner, [...way, name]));
}

function withValue<T>(whole: T, [name, ...way]: readonly (string | number)[], value: unknown): T {
  if (name === undefined) return value as T;
  const copy = (Array.isArray(whole) ? [...whole] : { ...whole }) as Record<string | number, unknown>;
  copy[name] = withValue(copy[name], way, value);
  return copy as T;
}

test("the secret of an imported token is marked, only by `true`", () => {
  const marked = withValue(key, [10, 0, 4], true);
  const snapshot = fromWire(readWireKey(marked), checkWireTerms(terms), "o", bytes);
  expect(readWireKey(marked).secrets).toMatchObject([{ imported: true }]);
  expect(readWireKey(key).secrets).toMatchObject([{ imported: false }]);
  expect(toWireKey(snapshot, 0, text)).toEqual(marked);
  for (const value of [false, null, 1, "true", {}]) {
    expect(() => readWireKey(withValue(key, [10, 0, 4], value))).toThrow();
  }
});

test("a sent key is read back unchanged, and every value of a wrong type is an error", () => {
  const snapshot = fromWire(readWireKey(key), checkWireTerms(terms), "o", bytes);
  expect([toWireKey(snapshot, 0, text), toWireTerms(snapshot)]).toEqual([key, terms]);
  expect(snapshot.expiresAt).toEqual(new Date(1_800_000_000_000));
  for (const way of ways(key)) {
    for (const value of [Number.NaN, 1e300, {}, undefined]) {
      expect(() => readWireKey(withValue(key, way, value)), way.join(".")).toThrow();
    }
  }
  const times: (number | string)[][] = [[5], [6], [7], [8], [9], [10, 0, 3]];
  for (const way of [...times, [10, 0, 1], [10, 0, 2]]) {
    for (const value of ["2026-11-29T00:00:00Z", "29.11.2026", ""]) {
      expect(() => readWireKey(withValue(key, way, value)), way.join(".")).toThrow();
    }
  }
  for (const way of ways(terms)) {
    for (const value of [-7, undefined, {}]) {
      expect(() => checkWireTerms(withValue(terms, way, value)), way.join(".")).toThrow();
    }
  }
  for (const way of [["accessLevel"], ["creatorLevel"], ["keyCreators"], ["type"], ["namespace", 0]]) {
    expect(() => checkWireTerms(withValue(terms, way, "EMPEROR"))).toThrow();
  }
  for (const days of [0, 3651, 1.5, "90"]) {
    expect(() => checkWireTerms(withValue(terms, ["maximumLifetimeDays"], days))).toThrow();
  }
  expect(() => readWireKey(withValue(key, [5], null))).toThrow();
});

test("[L13] sent metadata that is not a JSON object, or too long, is an error", () => {
  const long = `{"a":"${"x".repeat(2048)}"}`;
  for (const value of ["", "[1]", "null", '"a"', "{", '{"a":1},', '{"a":1}}', "{a:1}", long]) {
    expect(() => readWireKey(withValue(key, [3], value)), value).toThrow(RangeError);
  }
  expect(readWireKey(withValue(key, [3], '{"__proto__":{"valid":true}}')).metadata?.text).toContain(
    "__proto__",
  );
});

test("a key with an invalid time is not sent as one that never ends", () => {
  const invalid = {
    ...fromWire(readWireKey(key), terms, "o", bytes),
    expiresAt: new Date(Number.NaN),
  } as KeySnapshot;
  expect(() => toWireKey(invalid, 0, text)).toThrow(RangeError);
});

test("a forget message is checked completely, and so is a lease", () => {
  const changed = { changed: 1, keyIds: ["a"], userIds: [], all: false };
  expect(checkChanged(changed)).toBe(changed);
  for (const name of Object.keys(changed)) {
    expect(() => checkChanged({ ...changed, [name]: undefined })).toThrow(RangeError);
  }
  const lease = { lease: 1, ms: 2000, now: 1_800_000_000_000 };
  expect(checkLease(lease)).toBe(lease);
  for (const name of Object.keys(lease)) {
    expect(() => checkLease({ ...lease, [name]: Number.NaN })).toThrow(RangeError);
  }
});
