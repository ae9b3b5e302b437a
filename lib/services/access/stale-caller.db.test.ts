import { beforeEach, describe, expect, test } from "vitest";
import { keyInput } from "@/e2e/support/data/key-input";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { tokenClient } from "@/e2e/support/data/test-tokens";
import { testDatabaseKind } from "@/e2e/support/database/installation";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { untilOneWaits, untilWaiting } from "@/e2e/support/timing/until-one-waits";
import type { Result } from "@/lib/core/result";
import { database, inTransaction } from "@/lib/db/client";
import { authenticateToken } from "@/lib/verify/verdict/authenticate-token";
import { generateKey } from "../keys/generate-key";
import { pauseKey } from "../keys/pause-key";
import { revokeKey } from "../keys/revoke-key";
import { rollKey } from "../keys/roll-key";
import { updateKey } from "../keys/update-key";
import { changeAccessLevel } from "../members/change-access-level";
import { createResource } from "../resources/create-resource";
import { createRole } from "../roles/create-role";
import type { KeyContext } from "./key-context";
import { keyContext } from "./key-context";
import { holdToken, lockCallingKey } from "./lock-calling-key";

// A caller that was authenticated before its credential ended, and reaches the locks of a verb afterwards.

provideTestDatabase();
let organization: TestOrganization;
let key: TestKey;
let other: TestKey;
beforeEach(async () => {
  organization = await createTestOrganization("Stale");
  key = await createTestKey(organization);
  other = await createTestKey(organization, { accessLevel: "MEMBER", roles: ["read_only"] });
});

const address = "203.0.113.7";
async function callerOf(token: string): Promise<KeyContext> {
  const at = new Date();
  const from = { address, client: null };
  const origin = { at, address, userAgent: null, requestId: null };
  return keyContext(value(await authenticateToken(token, at, from)), origin);
}

const userId = () => organization.userIds.MEMBER;
const verbs: Record<string, (context: KeyContext) => Promise<Result<unknown>>> = {
  "rolls itself": (context) => rollKey(context, { keyId: key.id, graceSeconds: 0 }),
  "pauses a key": (context) => pauseKey(context, { keyId: other.id }),
  "changes a key": (context) => updateKey(context, { keyId: other.id, name: "Other" }),
  "creates a key": (context) => generateKey(context, keyInput(organization)),
  "creates a role": (context) =>
    createRole(context, { roleId: "r", title: "R", description: "", publishable: false, permissions: [] }),
  "creates an application": (context) =>
    createResource(context, { type: "application", applicationId: null, name: "A" }),
  "changes a member": (context) =>
    changeAccessLevel(context, { userId: userId(), accessLevel: "ADMIN", transfers: [] }),
};
const owner = () => organization.as("OWNER");
const roll = async () => value(await rollKey(await owner(), { keyId: key.id, graceSeconds: 0 }));

describe.each(Object.entries(verbs))("a caller that %s", (_, verb) => {
  test("is refused once its secret was rolled, or its key bound to other addresses", async () => {
    const context = await callerOf(key.token);
    value(await updateKey(await owner(), { keyId: key.id, allowedAddresses: ["192.0.2.0/24"] }));
    expect(await verb(context)).toMatchObject({ ok: false, code: "forbidden" });
    value(await updateKey(await owner(), { keyId: key.id, allowedAddresses: [] }));
    await roll();
    expect(await verb(context)).toMatchObject({ ok: false, code: "key_rolled" });
  });

  test("is refused once its token was revoked, or the person demoted whom it acts for", async () => {
    const client = tokenClient(key);
    const issued = async (user?: string) => {
      const asked = user === undefined ? {} : { user: { id: user } };
      const { accessToken } = await client.issue(new Date(), asked);
      return { accessToken, context: await callerOf(accessToken) };
    };
    const alone = await issued();
    await client.revoke(new Date(), alone.accessToken);
    expect((await verb(alone.context)).ok).toBe(false);

    const admin = organization.userIds.ADMIN;
    const setLevel = async (accessLevel: "OWNER" | "MEMBER") =>
      value(await changeAccessLevel(await owner(), { userId: admin, accessLevel, transfers: [] }));
    await setLevel("OWNER");
    const acting = await issued(admin);
    await setLevel("MEMBER");
    expect((await verb(acting.context)).ok).toBe(false);
  });
});

test("a change by a token waits for its revocation, and is refused", async () => {
  if (testDatabaseKind() !== "postgres") return;
  const { accessToken } = await tokenClient(key).issue(new Date());
  const context = await callerOf(accessToken);
  const where = { keyId: key.id };
  const [asked] = await inTransaction(async (transaction) => {
    await transaction.$queryRaw`SELECT 1 FROM token_families WHERE key_id = ${key.id} FOR UPDATE`;
    const change = pauseKey(context, { keyId: other.id });
    await untilOneWaits();
    await transaction.tokenFamily.updateMany({ where, data: { revokedAt: new Date() } });
    return [change] as const;
  });
  expect(await asked).toMatchObject({ ok: false, code: "key_revoked" });
  const { pausedAt } = await database().apiKey.findUniqueOrThrow({ where: { id: other.id } });
  expect(pausedAt).toBeNull();
});

test.each(["key", "token"])(
  "a request does not get past the end of its %s that waits for another one",
  async (of) => {
    if (testDatabaseKind() !== "postgres") return;
    const client = tokenClient(key);
    const { accessToken } = await client.issue(new Date());
    const context = await callerOf(of === "key" ? key.token : accessToken);
    const [ended, late] = await inTransaction(async (transaction) => {
      await (of === "key" ? lockCallingKey(transaction, context) : holdToken(transaction, context));
      const ended =
        of === "key"
          ? owner().then((by) => revokeKey(by, { keyId: key.id }))
          : client.revoke(new Date(), accessToken);
      await untilOneWaits();
      const late = generateKey(context, keyInput(organization));
      await untilWaiting(2);
      return [ended, late] as const;
    });
    await ended;
    expect(await late).toMatchObject({ ok: false, code: "key_revoked" });
  },
);
