import { expect, test } from "vitest";
import { listedType } from "./read-fields";

test.each([
  ["text", "text"],
  ["text or null", "text or null"],
  ["false or true", "true or false"],
  ["MEMBER or ADMIN or OWNER or null", "MEMBER, ADMIN, OWNER or null"],
  [
    "text, at most 60 characters or whole number or null",
    "text, at most 60 characters or whole number or null",
  ],
])("lists %s as a person would: %s", (type, listed) => {
  expect(listedType(type)).toBe(listed);
});
