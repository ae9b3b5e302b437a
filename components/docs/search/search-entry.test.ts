import { expect, test } from "vitest";
import { findEntries } from "./search-entry";

const entries = [
  { href: "/a", title: "Create a key", place: "POST /v1/keys", fields: ["body-subject", "response-token"] },
  { href: "/b", title: "Roll a key", place: "POST /v1/keys/{id}/roll", fields: ["body-grace_seconds"] },
  { href: "/c", title: "List users", place: "GET /v1/users", fields: ["query-subject_of"] },
  { href: "/d", title: "key_rolled", place: "Error 401", fields: [] },
];
const hrefs = (search: string, maximum = 10) => findEntries(entries, search, maximum).map(({ href }) => href);

test("a title comes before a path, and a path before a field", () => {
  expect(hrefs("roll")).toEqual(["/b", "/d"]);
  expect(hrefs("users")).toEqual(["/c"]);
  expect(hrefs("KEY")[0]).toBe("/d");
  expect(hrefs("subject")).toEqual(["/a#body-subject", "/c#query-subject_of"]);
});

test("every word must match, in any order", () => {
  expect(hrefs("key create")).toEqual(["/a"]);
  expect(hrefs("post roll")).toEqual(["/b"]);
  expect(hrefs("create nothing")).toEqual([]);
});

test("a hit on a field links to the field and names it", () => {
  expect(findEntries(entries, "grace", 10)).toEqual([
    { href: "/b#body-grace_seconds", title: "Roll a key", place: "Body field grace_seconds" },
  ]);
});

test("an empty search finds nothing, and the list has a maximum", () => {
  expect(hrefs("  ")).toEqual([]);
  expect(hrefs("key", 2)).toHaveLength(2);
});
