import { expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { listKeysOfKey, readKeyOfKey } from "@/lib/services/keys/read/keys-of-key";

provideTestDatabase();

test("[Y3] a full row contains no hash, and neither does what a verb returns of a key", async () => {
  const organization = await createTestOrganization("Hidden");
  const { id } = await createTestKey(organization);
  const key = await database().apiKey.findUniqueOrThrow({
    where: { id },
    include: { secrets: true, creator: true, tokenFamilies: { include: { refreshTokens: true } } },
  });
  expect(key.secrets).toHaveLength(1);
  expect(key.secrets[0]).not.toHaveProperty("hash");
  expect(key.creator).not.toHaveProperty("passwordHash");
  const { hash } = await database().apiKeySecret.findFirstOrThrow({
    where: { keyId: id },
    select: { hash: true },
  });
  expect(hash).toHaveLength(32);

  const context = {
    organization: { id: organization.id as OrganizationId, keyCreators: "OWNER" as const },
    actor: {
      kind: "key" as const,
      keyId: id,
      name: "A key",
      type: "secret" as const,
      creatorId: organization.userIds.OWNER,
      namespace: { type: "organization" as const, id: organization.id },
      permissions: ["keys:read"],
      expiresAt: null,
      onBehalfOf: null,
      secretId: id,
      byAccessToken: false,
      token: null,
      family: null,
    },
    level: "OWNER" as const,
    origin: { at: new Date(), address: null, userAgent: null, requestId: null },
  };
  const listed = value(
    await listKeysOfKey(context, { limit: 10, after: null, status: "all", search: "" }),
  ).rows;
  for (const view of [...listed, value(await readKeyOfKey(context, { keyId: id }))]) {
    expect(view).not.toHaveProperty("secrets");
    expect(JSON.stringify(view)).not.toContain(Buffer.from(hash).toString("hex"));
    expect(Object.values(view).some((each) => each instanceof Uint8Array)).toBe(false);
  }
});
