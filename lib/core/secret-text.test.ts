import { createHash, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { looksSecret, secretsIn, withoutSecrets } from "./secret-text";

const known = (...words: string[]) => {
  return (word: string) => words.includes(word);
};

describe("[Y3] text that might be a secret", () => {
  test.each([
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "github_pat_11ABCDEFG0abcdefghij",
    "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
    "xoxb-2048-2048-abcdef",
    "AKIAIOSFODNN7EXAMPLE",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
    "user_2NNEqL2nrIRdJ194ndJqAHwEfxC",
    "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "9b74c9897bac770ffc029102a200c5de",
    "qwhzkvbnmplokijuhygtfrdeswaqzx",
    "postgres://admin:Zx8kQ2mP9vL4wR7tBn3@db.example.com/app",
    "redis://:hunter2@cache.example",
    "//ana:hunter2@git.example/shop",
    "https://ghp_16C7e42F292c6912E7710c838347Ae178B4a@github.com/acme/shop",
    "aB3kL9xQ2mP8vR4wT6yN1c@Zx8kQ2",
  ])("%s", (word) => {
    expect(looksSecret(word)).toBe(true);
  });

  test.each(["base64url", "hex"] as const)("is a random secret of 32 bytes in %s", (encoding) => {
    const secrets = Array.from({ length: 2000 }, (_, at) =>
      createHash("sha256").update(`${at}`).digest(encoding),
    );
    expect(secrets.filter((secret) => !looksSecret(secret))).toEqual([]);
  });

  test.each([
    ...["storefront", "storefront-production-eu-west-1-billing-2026", "acct_1032_2026_region_eu_west_1"],
    ...["k8s-prod-eu1-az2-node17-svc3", "stripe_sk_backup_of_production", "TelemetryIngestEU1400"],
    ...["key_dNpbUkDq5ntDptOM", "key_dNpb", "dNpbUkDq5ntDptOM", "cus_NffrFeUfNV2Hib"],
    ...["ana.sousa+test2026@example.com", randomUUID(), `workspace:${randomUUID()}`, "<30d", ""],
    ...["a1b2c3d4-team-x1-y2-z3-q4-w5", "https://storefront.example/settings/api-keys"],
  ])("is not %s", (word) => {
    expect(looksSecret(word)).toBe(false);
  });

  test("is removed from a search, also as the value of a filter; the rest stays as typed", () => {
    const secret = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";
    const typed = `shop  level:admin subject:"${secret}" ${secret} x`;
    expect(secretsIn(typed)).toEqual([secret, secret]);
    expect(withoutSecrets(typed, known())).toBe("shop  level:admin x");
    expect(withoutSecrets(typed, known(secret))).toBe(typed);
    expect(withoutSecrets("two words ", known())).toBe("two words ");
  });

  test("is found in linear time", () => {
    const begun = performance.now();
    for (const text of [
      "a".repeat(50_000),
      "a1".repeat(50_000),
      '"'.repeat(50_000),
      "a@".repeat(20_000),
      "a@a.".repeat(20_000),
      `//${":a".repeat(50_000)}`,
    ]) {
      withoutSecrets(text, known());
    }
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});
