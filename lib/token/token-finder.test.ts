import { expect, test } from "vitest";
import { buildToken, randomKeyId } from "./format";
import { buildRefreshToken } from "./refresh-token";
import { TokenFinder } from "./token-finder";

const find = (...parts: string[]) => {
  const finder = new TokenFinder();
  return parts.flatMap((part) => finder.read(part));
};
const id = randomKeyId();
const secret = buildToken("secret", id);

test.each([
  ["alone", secret],
  ["quoted", `"${secret}"`],
  ["behind letters", `KEY${secret}`],
  ["before letters", `${secret}abc`],
  ["in a URL", `https://a.example/?key=${secret}&x=1`],
  ["after a longer word than a prefix", `${"a".repeat(100)}${secret}`],
  ["after another prefix", `sk_sk_${secret}`],
])("[L6] finds a token %s", (_, text) => {
  expect(find(text)).toMatchObject([{ keyId: id, type: "secret", line: 1 }]);
});

test("[L6] finds tokens of every prefix and kind, and tells where each is", () => {
  const own = buildToken("public", id, "acme");
  const text = `first\nKEY=${secret}\r\n\n  ${own}, ${buildRefreshToken()}`;
  expect(find(text)).toEqual([
    { keyId: id, type: "secret", line: 2, column: 5 },
    { keyId: id, type: "public", line: 4, column: 3 },
    { keyId: null, type: "refresh", line: 4, column: 5 + own.length },
  ]);
});

test("[L6] does not report lookalikes", () => {
  const last = secret.at(-1) === "0" ? "1" : "0";
  expect(find(secret.slice(0, -1) + last, secret.slice(0, -1), secret.replace("_sk_", "-sk-"))).toEqual([]);
  expect(find(`lk_sk_${"0".repeat(54)}`)).toEqual([]);
});

test("[L6] finds the same tokens however the text is split into chunks", () => {
  const text = `a\n${secret}\nbb ${buildToken("secret", id, "acme")}${"\n".repeat(90)}c ${buildRefreshToken()}\n`;
  const whole = find(text);
  expect(whole).toHaveLength(3);
  for (let cut = 0; cut <= text.length; cut++) {
    expect(find(text.slice(0, cut), text.slice(cut)), `cut at ${cut}`).toEqual(whole);
  }
  expect(find(...text)).toEqual(whole);
});

test("[L6] two tokens without a gap are both found", () => {
  expect(find(secret + secret)).toHaveLength(2);
});
