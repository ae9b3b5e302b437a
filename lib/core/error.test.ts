import { expect, test } from "vitest";
import { errorStatus, errorTitles } from "./error";

test("[J3] all refusals of a key are 401, each with its own words", () => {
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

test("each code has a title and the status that HTTP has for it (RFC 9110, RFC 6585)", () => {
  expect(Object.keys(errorTitles).sort()).toEqual(Object.keys(errorStatus).sort());
  expect(errorStatus).toMatchObject({
    invalid_request: 400,
    signed_out: 401,
    forbidden: 403,
    reauthentication_required: 403,
    not_found: 404,
    method_not_allowed: 405,
    conflict: 409,
    too_large: 413,
    unsupported_media_type: 415,
    rate_limited: 429,
    internal: 500,
    unavailable: 503,
  });
});
