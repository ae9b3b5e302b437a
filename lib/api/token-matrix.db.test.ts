import { beforeAll, expect, test } from "vitest";
import { changedTables, databaseState } from "@/e2e/permission-matrix/database-state";
import { readMatrix } from "@/e2e/permission-matrix/read-matrix";
import { basic, basicOf, postForm } from "@/e2e/support/api/oauth-client";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey, pauseTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { tokenClient } from "@/e2e/support/data/test-tokens";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import type { IssuedTokens } from "@/lib/services/tokens/sign-access-token";
import { buildToken, randomKeyId } from "@/lib/token/format";

const api = provideTestApi();
let organization: TestOrganization;
let elsewhere: TestOrganization;
let ourKey: TestKey;
let ours: IssuedTokens;
let foreign: IssuedTokens;
beforeAll(async () => {
  organization = await createTestOrganization("Here");
  elsewhere = await createTestOrganization("Elsewhere");
  ourKey = await createTestKey(organization);
  ours = await tokenClient(ourKey).issue(new Date());
  foreign = await tokenClient(await createTestKey(elsewhere)).issue(new Date());
  const admin = { organizationId: organization.id, userId: organization.userIds.ADMIN };
  // The creator of the lowered keys, for whom no token acts.
  await database().member.update({
    where: { organizationId_userId: admin },
    data: { accessLevel: "MEMBER" },
  });
});

/** The columns: the client's key, created anew for each cell. */
const clients: Record<string, () => Promise<TestKey | undefined>> = {
  none: async () => undefined,
  unknown: async () => {
    const id = randomKeyId();
    return { id, token: buildToken("secret", id) };
  },
  public: () => createTestKey(organization, { type: "public" }),
  MEMBER: () => createTestKey(organization, { accessLevel: "MEMBER" }),
  ADMIN: () => createTestKey(organization, { accessLevel: "ADMIN" }),
  OWNER: () => createTestKey(organization),
  "no roles": () => createTestKey(organization, { roles: [] }),
  lowered: () => createTestKey(organization, { creator: "ADMIN" }),
  paused: async () => {
    const key = await createTestKey(organization);
    await pauseTestKey(key.id);
    return key;
  },
  revoked: async () => {
    const key = await createTestKey(organization);
    await endTestKey(key, { revokedAt: new Date() });
    return key;
  },
};

const issue = { grant_type: "client_credentials" };

/** The form of the request, by target. */
const forms: Record<string, (client: TestKey) => Record<string, string>> = {
  "for itself": () => issue,
  "for a MEMBER": () => ({ ...issue, user: organization.userIds.MEMBER }),
  "for an OWNER": () => ({ ...issue, user: organization.userIds.OWNER }),
  "for a person of another organization": () => ({ ...issue, user: elsewhere.userIds.OWNER }),
  "by another key's refresh token": () => ({
    grant_type: "refresh_token",
    refresh_token: ours.refreshToken,
  }),
  "its own key": ({ token }) => ({ token }),
  "a key": ({ token }) => ({ token }),
  "another key's access token": () => ({ token: ours.accessToken }),
  "another key's refresh token": () => ({ token: ours.refreshToken }),
  "a foreign access token": () => ({ token: foreign.accessToken }),
};

async function ask(verb: string, doneTo: string, key: TestKey | undefined): Promise<string> {
  const [method, path = ""] = verb.split(" ");
  if (method === "GET") return (await api.call(path)).status === 200 ? "ok" : "refused";
  const client = key ?? { id: randomKeyId(), token: "of nobody" };
  const headers = key === undefined ? {} : basic(formatKeyId(key.id), key.token);
  const endpoint = path.split("/").at(-1) as "token" | "introspect" | "revoke";
  const { status, json } = await postForm(api, endpoint, forms[doneTo]?.(client) ?? {}, headers);
  if (status !== 200) return json.error.replaceAll("_", " ");
  if (json.active !== undefined) return json.active ? "active" : "inactive";
  return endpoint === "token" ? "ok" : "nothing";
}

for (const { verb, doneTo, cells } of readMatrix("Tokens")) {
  test(`[B6, B8] ${verb}: ${doneTo}`, async () => {
    const actual: Record<string, string> = {};
    for (const [column, make] of Object.entries(clients)) {
      const key = await make();
      const before = await databaseState();
      const outcome = await ask(verb, doneTo, key);
      const changed = changedTables(before, await databaseState());
      const granted = verb.startsWith("POST") && outcome === "ok";
      const expected = granted ? ["refresh_tokens", "token_families"] : [];
      const matches = changed.sort().join() === expected.join();
      actual[column] = matches ? outcome : `${outcome}, and changed ${changed.join(", ")}`;
    }
    expect(actual).toEqual(Object.fromEntries(cells));
  });
}

test("[B6] after everything others tried, the tokens still work", async () => {
  const form = { token: ours.accessToken };
  expect((await postForm(api, "introspect", form, basicOf(ourKey))).json.active).toBe(true);
  expect((await tokenClient(ourKey).refresh(new Date(), ours.refreshToken)).ok).toBe(true);
});
