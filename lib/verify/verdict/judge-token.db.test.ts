import pg from "pg";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { buildToken, randomKeyId } from "@/lib/token/format";
import { hashToken, organizationPeppers } from "@/lib/token/secret";
import { judgeToken } from "./judge-token";

const api = provideTestApi();
let caller: TestKey;
let other: TestKey;

beforeAll(async () => {
  caller = await createTestKey(await createTestOrganization("Queries"));
  other = await createTestKey(await createTestOrganization("Other"));
});

/** The number of statements that this process sends to the database during the work. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const spy = vi.spyOn(pg.Client.prototype, "query");
  try {
    await work();
    return spy.mock.calls.length;
  } finally {
    spy.mockRestore();
  }
}

const me = (token: string) => fetch(`${api.url}/v1/me`, { headers: { Authorization: `Bearer ${token}` } });
const verify = (key: string, by = caller.token) =>
  fetch(`${api.url}/v1/keys/verify`, {
    method: "POST",
    headers: { Authorization: `Bearer ${by}`, "Content-Type": "application/json" },
    body: JSON.stringify({ key }),
  });

/** The token with every other last character, all of which have a wrong checksum. */
function lookalikes(token: string): string[] {
  const others = [..."0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  return others.map((last) => token.slice(0, -1) + last).filter((text) => text !== token);
}

test("[J3] a token of another type than its key is unknown, even if a secret of the key fits it", async () => {
  const types = await createTestOrganization("Types");
  const { id } = await createTestKey(types);
  const token = buildToken("public", id);
  const { hash, pepperVersion } = hashToken(token, organizationPeppers(env().peppers, types.id));
  await database().apiKeySecret.updateMany({
    where: { keyId: id },
    data: { hash: new Uint8Array(hash), pepperVersion },
  });
  expect((await judgeToken(token, {}, new Date())).code).toBe("UNKNOWN");
});

describe("[J3] the queries that a token costs", () => {
  test("none with a wrong checksum or another format", async () => {
    for (const token of [
      ...lookalikes(caller.token),
      "x",
      `lk_sk_${"0".repeat(54)}`,
      caller.token.slice(6),
    ]) {
      expect(await statementsOf(() => me(token))).toBe(0);
    }
  });

  test("in a verification with a wrong checksum, only the caller's", async () => {
    const one = await statementsOf(() => verify(caller.token.slice(1)));
    expect(one).toBe(1);
    expect(await statementsOf(() => verify(lookalikes(other.token)[0] ?? ""))).toBe(1);
  });

  test("of another form: none until the organization has imported a key, then at most one", async () => {
    const mover = await createTestOrganization("Movers");
    const asking = await createTestKey(mover);
    const ask = (key: string) => verify(key, asking.token);
    expect(await statementsOf(() => ask("sess-unknown"))).toBe(1);
    await database().organization.update({ where: { id: mover.id }, data: { hasImportedKeys: true } });
    expect(await statementsOf(() => ask("sess-unknown"))).toBe(2);
    for (const malformed of [
      "",
      "two words",
      "x".repeat(1025),
      ...lookalikes(asking.token).slice(0, 3),
      "lk_sk_",
    ]) {
      expect(await statementsOf(() => ask(malformed)), malformed).toBe(1);
    }
    expect(await statementsOf(() => verify("sess-unknown"))).toBe(1);
  });

  test("one, whether the key is good, another tenant's, of another type or missing", async () => {
    for (const token of [buildToken("secret", other.id), buildToken("public", caller.id)]) {
      expect(await statementsOf(() => me(token))).toBe(1);
    }
    // Without memory it is read when the request is admitted, and again when its work begins.
    expect(await statementsOf(() => me(caller.token))).toBe(2);
    const tokens = [other.token, buildToken("secret", other.id), buildToken("secret", randomKeyId())];
    for (const token of tokens) expect(await statementsOf(() => verify(token))).toBe(2);
    // The caller's key was already read for this request.
    expect(await statementsOf(() => verify(caller.token))).toBe(1);
  });
});
