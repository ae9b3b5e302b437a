import { expect, test } from "vitest";
import { z } from "zod";
import { wordIssue } from "./word-issue";

const schema = z.strictObject({
  text: z.string().min(2).max(3),
  one: z.string().min(1),
  list: z.array(z.string()).max(1),
  whole: z.int().min(1).max(604_800),
  option: z.enum(["MEMBER", "ADMIN"]),
  literal: z.literal("x"),
  id: z.uuid(),
  at: z.iso.datetime(),
  pattern: z.string().regex(/^[a-z]$/),
  either: z.union([z.string(), z.number()]),
  checked: z.unknown().refine((value) => value === 1),
  own: z.string("Own words"),
});
const sound = {
  text: "ab",
  one: "a",
  list: [],
  whole: 1,
  option: "ADMIN",
  literal: "x",
  id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d14",
  at: "2026-11-21T09:30:00Z",
  pattern: "a",
  either: 1,
  checked: 1,
  own: "",
};

function faults(sent: unknown) {
  return schema.safeParse(sent, { error: wordIssue }).error?.issues.map(({ message }) => message) ?? [];
}

test.each([
  [{ text: undefined }, "This is required"],
  [{ option: undefined }, "This is required"],
  [{ text: 5 }, "This must be a string"],
  [{ text: null }, "This must be a string"],
  [{ list: "a" }, "This must be an array"],
  [{ list: ["a", "b"] }, "This must have at most 1 item"],
  [{ whole: "1" }, "This must be a number"],
  [{ whole: 1.5 }, "This must be a whole number"],
  [{ whole: 700_000 }, "This must be at most 604800"],
  [{ whole: 0 }, "This must be at least 1"],
  [{ text: "a" }, "This must have at least 2 characters"],
  [{ text: "abcd" }, "This must have at most 3 characters"],
  [{ one: "" }, "This must have at least 1 character"],
  [{ option: "member" }, "This must be one of MEMBER, ADMIN"],
  [{ literal: "y" }, "This must be x"],
  [{ id: "ana@example.com" }, "This must be a UUID"],
  [{ at: "yesterday" }, "This must be a date and time, such as 2026-11-21T09:30:00Z"],
  [{ pattern: "7" }, "This must be in the documented format"],
  [{ either: true }, "This value is invalid"],
  [{ checked: 2 }, "This value is invalid"],
  [{ own: 1 }, "Own words"],
  [{ more: 1 }, "This field is unknown"],
])("%j: %s", (wrong, message) => {
  expect(faults({ ...sound, ...wrong })).toEqual([message]);
});

test("a value that is not an object", () => {
  expect([faults(null), faults([]), faults("x")]).toEqual(Array(3).fill(["This must be an object"]));
});
