import { expect, test } from "vitest";
import { errorStatus, errorTitles } from "./error";

test("[J3] the ways a key is refused are all 401, each with words of its own", () => {
  const codes = [
    "key_missing",
    "key_malformed",
    "key_unknown",
    "key_expired",
    "key_rolled",
    "key_revoked",
  ] as const;
  for (const code of codes) expect(errorStatus[code]).toBe(401);
  expect(new Set(codes.map((code) => errorTitles[code])).size).toBe(codes.length);
});

test("each code has an HTTP error status and a title", () => {
  expect(Object.keys(errorTitles).sort()).toEqual(Object.keys(errorStatus).sort());
  for (const status of Object.values(errorStatus)) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  }
});
