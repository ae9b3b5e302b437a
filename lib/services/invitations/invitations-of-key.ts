import type { ListPosition } from "@/lib/core/list-cursor";
import { cutPage, rowsAfter } from "@/lib/core/list-cursor";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { KeyContext } from "@/lib/services/access/key-context";
import { personSelect } from "@/lib/services/users/person-select";
import type { InvitationView } from "./invitation-view";
import { levelsSeenByKey, needsCreate } from "./lock-inviter";

type InvitationsOfKeyInput = {
  readonly limit: number;
  readonly after: ListPosition | null;
  readonly email?: string | undefined;
};
type InvitationsOfKey = { readonly rows: readonly InvitationView[]; readonly next: ListPosition | null };

const columns = {
  id: true,
  email: true,
  accessLevel: true,
  createdAt: true,
  expiresAt: true,
  madeByKeyId: true,
  invitedBy: { select: personSelect },
} as const satisfies Prisma.InvitationSelect;

/** One page of the open invitations to levels below the key's, oldest first. */
export async function listInvitationsOfKey(
  context: KeyContext,
  { limit, after, email }: InvitationsOfKeyInput,
): Promise<Result<InvitationsOfKey>> {
  if (!context.actor.permissions.includes("users:create")) {
    return failure("forbidden", "This needs the permission users:create.");
  }
  const found = await database().invitation.findMany({
    where: {
      ...openOf(context),
      ...(email === undefined ? {} : { email }),
      ...rowsAfter(after, "id"),
    },
    select: columns,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: limit + 1,
  });
  return success(cutPage(found.map(toView), limit));
}

/** One open invitation to a level below the key's. Not found for any other. */
export async function readInvitationOfKey(
  context: KeyContext,
  { invitationId }: { readonly invitationId: string },
): Promise<Result<InvitationView>> {
  const absent = failure("not_found", "There is no such invitation.");
  const where = { ...openOf(context), id: invitationId };
  const found = await database().invitation.findFirst({ where, select: columns });
  if (found === null) return absent;
  return context.actor.permissions.includes("users:create") ? success(toView(found)) : needsCreate;
}

function openOf(context: KeyContext) {
  return {
    organizationId: context.organization.id,
    accessLevel: { in: [...levelsSeenByKey(context)] },
    acceptedAt: null,
    revokedAt: null,
  };
}

type Found = Prisma.InvitationGetPayload<{ select: typeof columns }>;

function toView({ invitedBy: createdBy, madeByKeyId: createdByKeyId, ...row }: Found): InvitationView {
  return { ...row, createdBy, createdByKeyId };
}
