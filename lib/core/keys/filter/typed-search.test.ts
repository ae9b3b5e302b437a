import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keyListStatuses } from "../key-list-settings";
import type { FilterKind, KeyFilters } from "./key-filters";
import { filterKinds, withFilter, withoutFilter } from "./key-filters";
import { readFilterValue } from "./read-filter-value";
import { lastWord, printTypedSearch, readTypedSearch } from "./typed-search";

const read = (typed: string) => {
  const answer = readTypedSearch(typed);
  if ("fault" in answer) throw new Error(answer.fault);
  return answer.search;
};
const fault = (typed: string) => {
  const answer = readTypedSearch(typed);
  return "fault" in answer ? answer.fault : null;
};

const part = fc.string({ unit: "binary", minLength: 1, maxLength: 20 });
const samples: Readonly<Record<FilterKind, fc.Arbitrary<string>>> = {
  creator: fc.oneof(part, fc.uuid()),
  namespace: fc.oneof(
    part,
    fc.uuid().map((id) => `workspace:${id}`),
    fc.constant("organization"),
  ),
  role: fc.constantFrom("read_only", "a", "full_access"),
  level: fc.constantFrom("owner", "Admin", "MEMBER"),
  type: fc.constantFrom("secret", "public"),
  subject: fc.oneof(part, fc.constantFrom('a"b', "a\\", '"', "Acme Co", " x ", "a:b", "level:owner")),
  label: fc.constantFrom("team", "team=", "team=a b", 'a.b=c=d"e'),
  created: fc.constantFrom("<30d", ">2026-01-31", "2026-01-31"),
  used: fc.constantFrom("never", ">90d", "<1h"),
  expires: fc.constantFrom("never", "<2w", "<2026-12-01", ">1y"),
  is: fc.constantFrom("idle", "never-used"),
};

const filters: fc.Arbitrary<KeyFilters> = fc
  .array(
    fc.constantFrom(...filterKinds).chain((kind) => samples[kind].map((text) => ({ kind, text }))),
    { maxLength: 8 },
  )
  .map((terms) =>
    terms.reduce<KeyFilters>((all, { kind, text }) => {
      const value = readFilterValue(kind, text);
      return "value" in value ? withFilter(all, kind, value.value) : all;
    }, {}),
  );

const searches = fc.record({
  text: fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.constantFrom(
      "two words",
      "level:owner",
      '"',
      'say "hi"',
      "svc:billing",
      "a  b",
      " a",
      "creater:x",
      "\\",
    ),
  ),
  filters,
  status: fc.option(fc.constantFrom(...keyListStatuses)),
});

describe("a typed search", () => {
  test("[L13] printed and read again it is the same", () => {
    fc.assert(
      fc.property(searches, (search) => {
        expect(read(printTypedSearch(search))).toEqual(search);
      }),
      { numRuns: 2000 },
    );
  });

  test("any text is read or refused, in linear time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (typed) => {
        expect(Object.keys(readTypedSearch(typed))).toHaveLength(1);
      }),
    );
    const begun = performance.now();
    for (const typed of ['"'.repeat(20_000), "a:".repeat(20_000), `"${"\\".repeat(20_001)}`])
      readTypedSearch(typed);
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  test.each<[string, string, KeyFilters, string | null]>([
    ["", "", {}, null],
    ["  shop  front ", "shop front", {}, null],
    ["creator:ana expires:<30d", "", { creator: ["ana"], expires: ["<30d"] }, null],
    ["level:OWNER Type:public", "", { level: ["owner"], type: ["public"] }, null],
    ["status:paused shop", "shop", {}, "paused"],
    ["Status:Rolling", "", {}, "rolling"],
    ["label:team=billing label:env", "", { label: ["team=billing", "env"] }, null],
    ['subject:"Acme Co" x', "x", { subject: ["Acme Co"] }, null],
    ['subject:"Acme Co', "", { subject: ["Acme Co"] }, null],
    ["used:>90d created:>2026-01-01", "", { created: [">2026-01-01"], used: [">90d"] }, null],
    ['"level:owner"', "level:owner", {}, null],
    ["svc:billing https://a.example", "svc:billing https://a.example", {}, null],
    ['5" pipe', '5" pipe', {}, null],
    ["role:read_only role:ic_viewer role:read_only", "", { role: ["read_only", "ic_viewer"] }, null],
    ["is:idle is:never-expires", "", { is: ["idle", "never-expires"] }, null],
  ])("reads %s", (typed, text, wanted, status) => {
    expect(read(typed)).toEqual({ text, filters: wanted, status });
  });

  test.each([
    ["level:boss", "“level:boss” cannot be used as a filter. Write owner, admin or member"],
    ["shop level:", "“level:” cannot be used as a filter. Write owner, admin or member"],
    ["expires:soon", "“expires:soon” cannot be used as a filter. Write never, or a time such as <30d"],
    ["created:never", "“created:never” cannot"],
    ["created:>2026-02-31", "“created:>2026-02-31” cannot"],
    ["created:0000-01-01", "cannot be used"],
    ["used:>9999y", "“used:>9999y” cannot"],
    ["role:Read-Only", "“role:Read-Only” cannot"],
    ["creator:\u0301", "cannot be used"],
    ['namespace:"\u0301 \u0308"', "cannot be used"],
    ["label:Team=x", "“label:Team=x” cannot"],
    [
      "status:gone",
      "“status:gone” cannot be used as a filter. Write active, revoked, expired, paused, rolling or all",
    ],
    ["status:paused status:revoked", "“status:revoked” is the second status"],
    ["creater:ana", "“creater:” is not a filter. Did you mean creator:?"],
    ["roles:x", "“roles:” is not a filter. Did you mean role:?"],
    ["labels:x", "Did you mean label:?"],
    [Array.from({ length: 11 }, (_, at) => `creator:p${at}`).join(" "), "takes at most 10 values"],
  ])("refuses %s, and says which part", (typed, said) => {
    expect(fault(typed)).toContain(said);
  });

  test.each([
    ["cre", { name: null, value: "cre", start: 0 }],
    ["shop creator:", { name: "creator", value: "", start: 5 }],
    ['x subject:"Acme C', { name: "subject", value: "Acme C", start: 2 }],
    ["shop ", null],
    ['subject:"Acme Co"', null],
    ["", null],
  ])("finds the word that is being typed in %j", (typed, wanted) => {
    expect(lastWord(typed)).toEqual(wanted === null ? null : expect.objectContaining(wanted));
  });

  test("a filter is added once, and the last value takes its kind along", () => {
    const both = withFilter(withFilter({}, "level", "owner"), "level", "admin");
    expect(withFilter(both, "level", "owner")).toBe(both);
    expect(withoutFilter(withoutFilter(both, "level", "owner"), "level", "admin")).toEqual({});
  });
});
