import { expect, test } from "vitest";
import type { Change, Verification } from "./find-violations";
import { findViolations } from "./find-violations";
import { toldVerdict } from "./told-verdict";

const revoked: Change = { kind: "revoke", check: 0, askedAt: 100, answeredAt: 200, verdict: "REVOKED" };
const ask = (startedAt: number, endedAt: number, verdict: string, check = 0): Verification => ({
  ...{ check, node: 0, startedAt, endedAt, verdict },
});
const faults = (changes: readonly Change[], ...verifications: Verification[]) =>
  findViolations(["VALID", "VALID"], changes, verifications).map(
    ({ verification }) => verification.startedAt,
  );

test("an old verdict is wrong only for a request sent after the change was answered", () => {
  expect(faults([revoked], ask(201, 210, "VALID"))).toEqual([201]);
  expect(faults([revoked], ask(200, 900, "VALID"), ask(50, 900, "VALID"))).toEqual([]);
  expect(faults([revoked], ask(201, 210, "REVOKED"), ask(110, 120, "REVOKED"))).toEqual([]);
  expect(faults([revoked], ask(201, 210, "VALID", 1))).toEqual([]);
});

test("[L13] old metadata after an answered change are wrong like an old code", () => {
  const [before, after] = [1, 2].map((n) => toldVerdict("VALID", "cus_1", `{"n":${n}}`));
  const changed: Change = { kind: "metadata", check: 0, askedAt: 100, answeredAt: 200, verdict: after ?? "" };
  const history = [ask(90, 99, before ?? ""), ask(201, 210, before ?? ""), ask(202, 210, after ?? "")];
  const found = findViolations([before ?? ""], [changed], history);
  expect(found.map(({ verification }) => verification.startedAt)).toEqual([201]);
});

test("a new verdict is wrong if it came before the change was requested", () => {
  expect(faults([revoked], ask(10, 99, "REVOKED"))).toEqual([10]);
});

test("a missing answer is not a wrong one", () => {
  expect(faults([revoked], ask(300, 310, "503"))).toEqual([]);
});

test("a change that was never answered may or may not have happened", () => {
  const lost = { ...revoked, answeredAt: Infinity };
  expect(faults([lost], ask(900, 910, "VALID"), ask(900, 910, "REVOKED"))).toEqual([]);
});

test("after two changes the last answered one holds, or any still in flight", () => {
  const lowered: Change = { kind: "lower", check: 0, askedAt: 10, answeredAt: 20, verdict: "LESS" };
  const raised: Change = { kind: "raise", check: 0, askedAt: 30, answeredAt: 40, verdict: "VALID" };
  expect(faults([lowered, raised], ask(25, 29, "VALID"), ask(41, 45, "LESS"))).toEqual([25, 41]);
  expect(faults([raised, lowered], ask(25, 31, "VALID"), ask(35, 45, "LESS"), ask(41, 42, "VALID"))).toEqual(
    [],
  );
});
