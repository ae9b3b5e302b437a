import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildToken, randomKeyId } from "./format";
import { buildRefreshToken } from "./refresh-token";

const page = readFileSync(join(import.meta.dirname, "../../docs/leaks.md"), "utf8");
const published = (pattern: RegExp) => new RegExp(pattern.exec(page)?.[1] ?? "never");

test("[L6] the published patterns match tokens, and nothing of another length", () => {
  const form = published(/```\n(\[a-z\]\S+)\n```/);
  const gitleaks = published(/regex = '''(.+)'''/);
  const github = published(/`(lk_sk_\S+)`\nas the secret format/);
  const id = randomKeyId();
  const [secret, refresh] = [buildToken("secret", id), buildRefreshToken()];
  const matched = (pattern: RegExp, text: string) => pattern.exec(text)?.[0];
  for (const token of [secret, buildToken("public", id), buildToken("secret", id, "acme")]) {
    expect(matched(form, `KEY=${token}`)).toBe(token);
  }
  for (const token of [secret, refresh]) expect(matched(gitleaks, `"${token}"`)).toBe(token);
  expect(matched(github, `KEY=${secret}\n`)).toBe(secret);
  for (const text of [buildToken("public", id), secret.slice(0, -1), `${secret}0`]) {
    expect(matched(gitleaks, text), text).toBeUndefined();
  }
});
