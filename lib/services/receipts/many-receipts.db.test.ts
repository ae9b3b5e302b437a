import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { insertManyKeys } from "@/e2e/support/data/many/many-keys";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { tokenClient } from "@/e2e/support/data/test-tokens";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { carryOutFollowUps } from "@/lib/services/keys/follow-up/carry-out-follow-ups";
import { keysWithRows } from "@/lib/services/keys/follow-up/follow-later";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { readKeySet } from "@/lib/services/tokens/read-key-set";
import { startChangeFeed, stopChangeFeed } from "@/lib/verify/changes/change-feed";
import { readRevocationReceipt } from "./read-revocation-receipt";

provideTestDatabase();
beforeAll(startChangeFeed);
afterAll(stopChangeFeed);

test("[L1] each of very many keys that end at once has a receipt with the moment at which it ended", async () => {
  const organization = await createTestOrganization("Many");
  const key = await createTestKey(organization);
  await tokenClient(key).issue(new Date());
  const family = await database().tokenFamily.findFirstOrThrow({ where: { keyId: key.id } });
  const [first = "", ...others] = await insertManyKeys({
    ...{ organization, count: keysWithRows + 2, creatorId: organization.userIds.OWNER },
    madeWith: { keyId: key.id, familyId: family.id },
  });
  // Their rows were written so much later.
  const at = new Date(Date.now() - 120_000);
  value(await revokeKey(await organization.as("OWNER", at), { keyId: key.id }));
  const read = async (keyId: string) => readRevocationReceipt(await organization.as("OWNER"), { keyId });
  // It has ended, so nobody may be told that it has not.
  expect(await read(first)).toMatchObject({ ok: false, code: "unavailable" });
  while (await carryOutFollowUps(new Date(), new AbortController().signal));
  const published = createLocalJWKSet((await readKeySet(new Date())) as JSONWebKeySet);
  for (const id of [first, others.at(-1) ?? ""]) {
    const { receipt, facts } = value(await read(id));
    const { payload } = await compactVerify(receipt, published);
    expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({ ...facts, key_id: `key_${id}` });
    expect(facts).toMatchObject({ revoked_at: at.toISOString(), reason: "policy", recorded: "late" });
    expect(facts.nodes.map(({ state }) => state)).toEqual(["acknowledged"]);
  }
});
