import { isAtLeast } from "@/lib/core/access/access-level";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { leakedKeyMail } from "@/lib/mail/leaked-key-mail";
import { sendWithinBudget } from "@/lib/services/mail/mail-budget";
import { noticeShare } from "@/lib/services/mail/mail-share";
import type { LeakedKey } from "./stop-leaked-keys";

/**
 * Mails the organization's owners and the keys' creators which keys were revoked or paused, and where they were found. Call it
 * after the commit, without awaiting it. Never throws.
 */
export async function tellOfLeakedKeys(
  organizationId: string,
  keys: readonly LeakedKey[],
  reporter: string,
): Promise<void> {
  if (env().smtp === undefined) return;
  try {
    const creators = [...new Set(keys.map(({ creatorId }) => creatorId))];
    const organization = await database().organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: {
        name: true,
        slug: true,
        members: {
          where: { OR: [{ accessLevel: "OWNER" }, { userId: { in: creators } }] },
          orderBy: { createdAt: "asc" },
          select: { userId: true, accessLevel: true, user: { select: { name: true, email: true } } },
        },
      },
    });
    const names = new Map(organization.members.map(({ userId, user }) => [userId, user.name]));
    for (const { userId, accessLevel, user } of organization.members) {
      const theirs = accessLevel === "OWNER" ? keys : keys.filter(({ creatorId }) => creatorId === userId);
      await sendWithinBudget(
        noticeShare,
        leakedKeyMail({
          email: user.email,
          organizationName: organization.name,
          reporter,
          done: theirs.some(({ isPaused }) => isPaused) ? "paused" : "revoked",
          keys: theirs.map(({ id, name, creatorId, urls }) => ({
            id: formatKeyId(id),
            name,
            createdBy: names.get(creatorId) ?? "",
            urls,
          })),
          // Members cannot open this page.
          link: isAtLeast(accessLevel, "ADMIN")
            ? `${env().appUrl}/${organization.slug}/settings/api-keys?status=${keys[0]?.isPaused ? "paused" : "revoked"}`
            : null,
        }),
        organizationId,
        new Date(),
      );
    }
  } catch (error) {
    log().error({ err: error, organizationId }, "not everyone was notified of a leaked key");
  }
}
