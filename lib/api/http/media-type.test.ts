import { expect, test } from "vitest";
import { isMediaType } from "./media-type";

test.each([
  "application/json",
  "Application/JSON",
  "application/json;",
  "application/json; ;\t;",
  "application/json ;charset=utf-8",
  'application/json; charset="UTF-8"',
  'application/json; charset="utf\\-8";',
  "application/json;;charset=utf-8 ",
])("%j is JSON in UTF-8", (header) => {
  expect(isMediaType(header, "application/json")).toBe(true);
});

test.each([
  undefined,
  "",
  ";",
  "application/jsonx",
  "application/json, text/plain",
  "application/json charset=utf-8",
  "application/json; charset",
  "application/json; charset=",
  "application/json; charset = utf-8",
  "application/json; charset=latin1",
  'application/json; charset="utf-8',
  "application/json; charset=utf-8; charset=utf-8",
  "application/json; boundary=x",
  " application/json",
  "text/plain; application/json",
])("%j is not", (header) => {
  expect(isMediaType(header, "application/json")).toBe(false);
});

test("a long header does not take long", () => {
  const header = `application/json${" ;\t".repeat(20_000)}x`;
  expect(isMediaType(header, "application/json")).toBe(false);
});
