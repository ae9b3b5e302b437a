import type { AccessLevel } from "@/lib/core/access/access-level";
import { database, inTransaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { insertKey } from "@/lib/services/keys/insert-key";
import type { MadePeople } from "./people";

export type SeededKey = {
  readonly name: string;
  readonly description?: string;
  readonly accessLevel?: AccessLevel;
  /** The key's creator; the owner by default. */
  readonly creator?: AccessLevel;
  /** The creation, in days ago. */
  readonly created?: number;
  /** The expiry in days from now, negative for the past; never by default. */
  readonly expires?: number;
  readonly revoked?: boolean;
};

const dayMs = 86_400_000;

/** Writes keys with a history that the dashboard cannot create, into the database opened by this process. */
export async function seedKeys(
  { organizationId, userIds }: MadePeople,
  keys: readonly SeededKey[],
): Promise<void> {
  const now = Date.now();
  for (const key of keys) {
    const { id } = await inTransaction((transaction) =>
      insertKey(transaction, {
        organizationId: organizationId as OrganizationId,
        creatorId: userIds[key.creator ?? "OWNER"],
        name: key.name,
        description: key.description ?? "",
        type: "secret",
        accessLevel: key.accessLevel ?? "MEMBER",
        namespace: { type: "organization", id: organizationId },
        roles: ["read_only"],
        createdAt: new Date(now - (key.created ?? 1) * dayMs),
        expiresAt: key.expires === undefined ? null : new Date(now + key.expires * dayMs),
      }),
    );
    if (key.revoked !== true) continue;
    await database().apiKey.update({
      where: { id },
      data: { revokedAt: new Date(), revocationReason: "person", liveCreatorId: null },
    });
  }
}
