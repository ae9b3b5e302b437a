import { beforeAll, expect, test } from "vitest";
import { createTestKey, pauseTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database, inTransaction } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";
import { pauseKey } from "@/lib/services/keys/pause-key";
import { readKey } from "@/lib/services/keys/read/read-key";
import { updateKey } from "@/lib/services/keys/update-key";
import { readKeyActivity } from "./read-key-activity";
import { recordAuditEntry } from "./record-audit-entry";

let organization: TestOrganization;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Activity");
  await database().organization.update({
    where: { id: organization.id },
    data: { keyCreators: "MEMBER" },
  });
});

const edit = (context: MemberContext, keyId: string, description: string) =>
  updateKey(context, { keyId, version: undefined, description });

test("[Y5] a key's history is its own, newest first, in pages that never repeat an entry", async () => {
  const context = await organization.as("OWNER");
  const { id: keyId } = await createTestKey(organization);
  const other = await createTestKey(organization);
  value(await edit(context, other.id, "Not of this key"));
  for (let times = 1; times <= 23; times++) value(await edit(context, keyId, `Edit ${times}`));
  const first = value(await readKeyActivity(context, { keyId, after: null }));
  expect(first.entries).toHaveLength(20);
  expect(first.entries[0]?.details.description).toBe("Edit 23");
  // A new entry does not shift the next page.
  value(await edit(context, keyId, "Edit 24"));
  const second = value(await readKeyActivity(context, { keyId, after: first.after }));
  expect(second.after).toBeNull();
  const all = [first, second].flatMap(({ entries }) => entries);
  expect(all.map(({ details }) => details.description)).toEqual(
    Array.from({ length: 23 }, (_, index) => `Edit ${23 - index}`),
  );
  const details = value(await readKey(context, keyId));
  expect(details.activityCount).toBe(24);
  expect(details.activity.entries[0]?.details.description).toBe("Edit 24");
});

test("[Y5] a member reads the history of an own key, with addresses only of their own actions", async () => {
  const { id: keyId } = await createTestKey(organization, { creator: "MEMBER", accessLevel: "MEMBER" });
  const [member, admin] = [await organization.as("MEMBER"), await organization.as("ADMIN")];
  value(await edit(member, keyId, "Mine"));
  value(await pauseKey(admin, { keyId }));
  const read = async (context: MemberContext) => {
    const { entries } = value(await readKeyActivity(context, { keyId, after: null }));
    return entries.map(({ action, address, userAgent }) => [action, address !== null, userAgent !== null]);
  };
  const known = [member.origin, admin.origin].map(({ address, userAgent }) => [
    address !== null,
    userAgent !== null,
  ]);
  expect(known.flat()).toContain(true);
  expect(await read(member)).toEqual([
    ["key.paused", false, false],
    ["key.updated", ...(known[0] ?? [])],
  ]);
  expect(await read(admin)).toEqual([
    ["key.paused", ...(known[1] ?? [])],
    ["key.updated", ...(known[0] ?? [])],
  ]);
});

test("[Y5] a key that the person may not see, or of another organization, has no history for them", async () => {
  const { id: keyId } = await createTestKey(organization);
  await pauseTestKey(keyId);
  const member = await organization.as("MEMBER");
  const stranger = await (await createTestOrganization("Elsewhere")).as("OWNER");
  for (const context of [member, stranger]) {
    expect(await readKeyActivity(context, { keyId, after: null })).toMatchObject({ code: "not_found" });
  }
});

test("[Y5] a transfer names both people, and nobody of another organization", async () => {
  const context = await organization.as("OWNER");
  const elsewhere = await createTestOrganization("Of strangers");
  const { id: keyId } = await createTestKey(organization);
  const { userIds } = organization;
  const names = async (fromUserId: string, toUserId: string) => {
    await inTransaction((transaction) =>
      recordAuditEntry(transaction, context, {
        action: "key.transferred",
        target: { type: "key", id: keyId, name: "A key" },
        details: { fromUserId, toUserId },
      }),
    );
    return Object.keys(value(await readKeyActivity(context, { keyId, after: null })).names).sort();
  };
  expect(await names(elsewhere.userIds.OWNER, userIds.MEMBER)).toEqual([userIds.MEMBER]);
  expect(await names(userIds.OWNER, userIds.MEMBER)).toEqual([userIds.OWNER, userIds.MEMBER].sort());
});
