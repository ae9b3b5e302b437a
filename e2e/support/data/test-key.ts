import type { AccessLevel } from "@/lib/core/access/access-level";
import { database, inTransaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import type { NewKey } from "@/lib/services/keys/insert-key";
import { insertKey } from "@/lib/services/keys/insert-key";
import type { TestOrganization } from "./test-organization";

export type TestKey = { readonly id: string; readonly token: string };

/** Creates a key of the organization, by default a secret one by its owner that may do everything. */
export async function createTestKey(
  organization: Pick<TestOrganization, "id" | "userIds">,
  over: Partial<NewKey> & { readonly creator?: AccessLevel } = {},
): Promise<TestKey> {
  const { creator = "OWNER", ...columns } = over;
  return inTransaction((transaction) =>
    insertKey(transaction, {
      organizationId: organization.id as OrganizationId,
      creatorId: organization.userIds[creator],
      name: "A key",
      description: "",
      type: "secret",
      accessLevel: columns.type === "public" ? "MEMBER" : "OWNER",
      namespace: { type: "organization", id: organization.id },
      roles: ["full_access"],
      createdAt: new Date("2026-01-01T00:00:00.000Z"),
      expiresAt: null,
      ...columns,
    }),
  );
}

/** Pauses a key as its creator would. */
export async function pauseTestKey(id: string): Promise<void> {
  await database()
    .$executeRaw`UPDATE api_keys SET paused_at = now(), paused_by_id = creator_id WHERE id = ${id}`;
}

/** Ends a key's secrets or the key itself at times that the test chooses. */
export async function endTestKey(
  { id }: TestKey,
  end: { readonly revokedAt: Date; readonly deletedAt?: Date },
): Promise<void> {
  const data = { ...end, revocationReason: "person", liveCreatorId: null } as const;
  await database().apiKey.update({ where: { id }, data });
}
