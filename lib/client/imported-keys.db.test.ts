import { expect, test } from "vitest";
import { provideLocalKeys } from "@/e2e/support/api/local-keys";
import { foreignToken, importTestKeys, sha256Of } from "@/e2e/support/data/import-test-keys";
import { value } from "@/e2e/support/data/test-organization";
import { database } from "@/lib/db/client";
import { endGrace } from "@/lib/services/keys/end-grace";
import { pauseKey, resumeKey } from "@/lib/services/keys/pause-key";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { rollKey } from "@/lib/services/keys/roll-key";
import { updateKey } from "@/lib/services/keys/update-key";

const { world, asked, judged } = provideLocalKeys();

test("[L1] an answered import is seen by the next verification, here and over HTTP", async () => {
  const { organization, keys } = world();
  for (let round = 0; round < 5; round++) {
    const tokens = Array.from({ length: 20 }, foreignToken);
    // In the first round the organization has no imported keys; later the node has cached these tokens as unknown.
    const before = round === 0 ? "MALFORMED" : "UNKNOWN";
    for (const token of [...tokens, ...tokens]) {
      expect(await asked(token)).toEqual({ valid: false, code: before });
      expect(keys.judge(token, {})).toBeUndefined();
    }
    const imported = await importTestKeys(organization, tokens);
    const locals = tokens.map((token) => keys.judge(token, {}));
    for (const [index, token] of tokens.entries()) {
      const key_id = `key_${imported[index]?.id}`;
      expect(locals[index] ?? { valid: true }).toMatchObject({ valid: true });
      expect(await asked(token)).toMatchObject({ valid: true, key_id });
      expect(await judged(token)).toMatchObject({ valid: true, key_id });
    }
  }
});

test("[L1] [L14] whatever happens to an imported key, no local verdict uses an old state", async () => {
  const { organization, keys } = world();
  const owner = await organization.as("OWNER");
  const [key] = await importTestKeys(organization, [foreignToken()], {
    subject: "cus_1",
    metadata: '{"n":1.0}',
  });
  if (key === undefined) throw new Error("It was imported");
  const { id: keyId, token } = key;
  const changes: [code: string, change: () => Promise<{ ok: boolean }>][] = [
    ["VALID", () => updateKey(owner, { keyId, subject: "cus_2" })],
    ["PAUSED", () => pauseKey(owner, { keyId })],
    ["VALID", () => resumeKey(owner, { keyId })],
    ["VALID", () => rollKey(owner, { keyId, graceSeconds: 3600 })],
    ["ROLLED", () => endGrace(owner, { keyId })],
    ["REVOKED", () => revokeKey(owner, { keyId })],
  ];
  for (const [code, change] of changes) {
    await judged(token);
    const answer = await change();
    const local = keys.judge(token, {});
    expect(answer).toMatchObject({ ok: true });
    const now = await asked(token);
    expect(now.code).toBe(code);
    expect(local ?? now).toEqual(now);
    expect(await judged(token)).toEqual(now);
  }
});

test("a rolled key's new token and its imported one are both judged locally during the grace", async () => {
  const { organization } = world();
  const [key] = await importTestKeys(organization, [foreignToken()]);
  if (key === undefined) throw new Error("It was imported");
  const rolled = value(await rollKey(await organization.as("OWNER"), { keyId: key.id, graceSeconds: 3600 }));
  expect(await judged(key.token)).toMatchObject({ valid: true, secret: "previous" });
  expect(await judged(rolled.token)).toMatchObject({ valid: true, secret: "current" });
});

test("its hash, or a text that contains the token, is not accepted", async () => {
  const { organization, keys } = world();
  const token = foreignToken();
  await importTestKeys(organization, [token]);
  await judged(token);
  const wrong = [
    sha256Of(token),
    token.toUpperCase(),
    `${token} `,
    `${token}x`,
    token.slice(1),
    `lk_${token}`,
  ];
  for (const text of wrong) {
    expect(keys.judge(text, {})).toBeUndefined();
    expect((await asked(text)).valid).toBe(false);
  }
});

test("an imported key with a rate limit is verified over HTTP", async () => {
  const { organization, keys } = world();
  const token = foreignToken();
  await importTestKeys(organization, [token], { rateLimit: { requests: 100, seconds: 60 } });
  expect(await asked(token)).toMatchObject({ valid: true });
  expect(keys.judge(token, {})).toBeUndefined();
  expect(await database().apiKey.count({ where: { imported: true } })).toBeGreaterThan(100);
});
