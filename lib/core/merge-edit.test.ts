import { expect, test } from "vitest";
import { mergeEdit } from "./merge-edit";

const seen = { name: "Acme", keyCreators: "OWNER" };

test.each([
  ["changes what the person changed", seen, { ...seen, name: "New" }, { ...seen, name: "New" }],
  [
    "leaves what somebody else changed",
    { ...seen, keyCreators: "ADMIN" },
    { ...seen, name: "New" },
    { name: "New", keyCreators: "ADMIN" },
  ],
  [
    "two people who change the same to the same agree",
    { ...seen, name: "New" },
    { ...seen, name: "New" },
    { ...seen, name: "New" },
  ],
  [
    "changes nothing where the person changed nothing",
    { ...seen, name: "Theirs" },
    seen,
    { ...seen, name: "Theirs" },
  ],
])("an edit %s", (_, current, asked, merged) => {
  expect(mergeEdit(current, asked, seen)).toEqual({ ok: true, value: merged });
});

test("an edit of a field that somebody else changed is a conflict that carries the current value", () => {
  const current = { name: "Theirs", keyCreators: "ADMIN" };
  expect(mergeEdit(current, { ...seen, name: "Mine" }, seen)).toMatchObject({
    ok: false,
    code: "conflict",
    fields: [{ field: "name", message: "Somebody changed this to “Theirs” in the meantime" }],
    current,
  });
});

test("without the seen values, every field is set", () => {
  expect(mergeEdit({ name: "Theirs" }, { name: "Mine" }, undefined)).toEqual({
    ok: true,
    value: { name: "Mine" },
  });
});
