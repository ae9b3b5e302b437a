import { expect, test } from "vitest";
import { JsonText } from "@/lib/core/json/json-text";
import { buildToken, randomKeyId } from "@/lib/token/format";
import { buildRefreshToken } from "@/lib/token/refresh-token";
import { withoutTokens } from "./without-tokens";

const secret = buildToken("secret", randomKeyId());
const open = buildToken("public", randomKeyId());
const own = buildToken("secret", randomKeyId(), "acme");

test("[Y3] values shown once and values with a secret key's token are left out, at any depth", () => {
  const answer = {
    id: "key_1",
    token: secret,
    renewal: buildRefreshToken(),
    glued: `x${secret}y`,
    link: "https://acme.test/password?token=abc",
    nested: { note: `curl -H ${secret}`, list: [{ token: secret, name: "a" }], none: null },
    own: `Bearer ${own}`,
    [`of ${own}`]: 1,
    count: 7,
  };
  expect(withoutTokens(answer, ["link"])).toEqual({
    id: "key_1",
    nested: { list: [{ name: "a" }], none: null },
    count: 7,
  });
});

test("a mistyped token is left out too: the database, which knows no checksum, would refuse the row", () => {
  const mistyped = secret.slice(0, -1) + (secret.endsWith("0") ? "1" : "0");
  expect(withoutTokens({ id: "key_1", mistyped, escaped: `\u0001${secret.slice(2)}` }, [])).toEqual({
    id: "key_1",
  });
});

test("text about tokens stays: only a complete secret is left out", () => {
  const written = {
    name: "replaces lk_sk_x",
    description: "begins with lk_sk_0123456789abcdef, see the vault",
    cut: secret.slice(0, -1),
    kebab: "acme_sk_billing",
    renewal: "lk_rt_example",
  };
  expect(withoutTokens(written, [])).toEqual(written);
});

test("[Y3, L13] metadata with a secret key's token are left out, however it is written", () => {
  const escaped = secret.replace("lk", "l\\u006b");
  const answer = { good: JsonText.of('{"n":1.0}'), bad: JsonText.of(`{"t":"${secret}"}`) };
  const hidden = { worse: JsonText.of(`{"t":["${escaped}"]}`) };
  expect(withoutTokens({ ...answer, ...hidden }, [])).toEqual({ good: answer.good });
});

test("everything else stays", () => {
  const answer = { id: "key_1", token: open, permissions: ["keys:read"], prefix: "lk_sk_" };
  expect(withoutTokens(answer, [])).toEqual(answer);
  expect(withoutTokens(null, ["x"])).toBe(null);
  const at = "2026-11-21T09:30:00.000Z";
  expect(withoutTokens({ at: new Date(at) }, [])).toEqual({ at });
});
