import { expect, test } from "vitest";
import { buildToken, randomKeyId } from "@/lib/token/format";
import { withoutTokens } from "./without-tokens";

const secret = buildToken("secret", randomKeyId());
const open = buildToken("public", randomKeyId());

test("[Y3] what is given once and what holds a secret key's token is left out, however deep", () => {
  const answer = {
    id: "key_1",
    token: secret,
    link: "https://acme.test/password?token=abc",
    nested: { note: `curl -H ${secret}`, list: [{ token: secret, name: "a" }], none: null },
    count: 7,
  };
  expect(withoutTokens(answer, ["link"])).toEqual({
    id: "key_1",
    nested: { list: [{ name: "a" }], none: null },
    count: 7,
  });
});

test("what is no secret stays", () => {
  const answer = { id: "key_1", token: open, permissions: ["keys:read"], prefix: "lk_sk_" };
  expect(withoutTokens(answer, [])).toEqual(answer);
  expect(withoutTokens(null, ["x"])).toBe(null);
  const at = "2026-11-21T09:30:00.000Z";
  expect(withoutTokens({ at: new Date(at) }, [])).toEqual({ at });
});
