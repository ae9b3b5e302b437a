import { randomBytes } from "node:crypto";
import type { Transaction } from "@/lib/db/client";
import type {
  Organization,
  OrganizationId,
  Origin,
  SystemActor,
  UserActor,
} from "@/lib/services/access/context";
import { chainStart } from "@/lib/services/audit/audit-hash";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { insertKey } from "@/lib/services/keys/insert-key";
import { startCursor } from "@/lib/services/log-readers/log-reader";
import { noticeReaderName } from "@/lib/services/notices/notice-reader-name";

/** Dashboard paths that no organization may use as its slug. */
const reservedSlugs = new Set(
  "account api docs forgot-password healthz invite metrics new readyz report-leak reset-password set-password setup sign-in sign-out v1".split(
    " ",
  ),
);

type NewOrganization = {
  readonly name: string;
  readonly ownerId: string;
  readonly actor: UserActor | SystemActor;
  readonly origin: Origin;
  /** An unused id, for a caller that must be able to find the organization again. */
  readonly id?: string;
};

/** Creates an organization with its owner, its audit chain and the public key "Default API Key". */
export async function createOrganization(
  transaction: Transaction,
  { name, ownerId, actor, origin, id: givenId }: NewOrganization,
): Promise<Organization> {
  const { id: madeId, slug, keyCreators } = await insertOrganization(transaction, name, origin.at, givenId);
  const founded = { id: madeId as OrganizationId, slug, name, keyCreators };
  const organization = { ...founded, requireExpiry: false, maximumLifetimeDays: null };
  const organizationId = organization.id;
  await transaction.auditHead.create({ data: { organizationId, hash: chainStart } });
  await startCursor(transaction, noticeReaderName, organizationId, 0);
  await transaction.member.create({
    data: { organizationId, userId: ownerId, accessLevel: "OWNER", createdAt: origin.at },
  });
  await recordAuditEntry(
    transaction,
    { organization, actor, origin },
    {
      action: "organization.created",
      target: { type: "organization", id: organizationId, name },
      details: { slug },
    },
  );

  const defaultKey = {
    name: "Default API Key",
    type: "public",
    accessLevel: "MEMBER",
    roles: ["full_access"],
  } as const;
  const { id } = await insertKey(transaction, {
    ...defaultKey,
    organizationId,
    creatorId: ownerId,
    description: "Identifies this organization. Safe in a browser or an app.",
    namespace: { type: "organization", id: organizationId },
    createdAt: origin.at,
    expiresAt: null,
  });
  await recordAuditEntry(
    transaction,
    { organization, actor, origin },
    {
      action: "key.generated",
      target: { type: "key", id, name: defaultKey.name },
      details: { type: defaultKey.type, accessLevel: defaultKey.accessLevel, roles: defaultKey.roles },
    },
  );
  await transaction.organization.update({ where: { id: organizationId }, data: { defaultKeyId: id } });
  return { ...organization, defaultKeyId: id };
}

/** Inserts the row with a slug made from the name. Adds a random suffix if that slug is reserved or taken. */
async function insertOrganization(
  transaction: Transaction,
  name: string,
  createdAt: Date,
  id: string | undefined,
) {
  const wanted = slugOf(name);
  for (const slug of [wanted, withRandomEnd(wanted), withRandomEnd(wanted)]) {
    if (reservedSlugs.has(slug)) continue;
    // Insert without checking first: two concurrent creations with one name would both find the slug free.
    const [row] = await transaction.organization.createManyAndReturn({
      data: { ...(id === undefined ? {} : { id }), name, slug, createdAt },
      skipDuplicates: true,
    });
    if (row !== undefined) return row;
  }
  throw new Error("No address was free for the organization");
}

/** The name as a slug of plain letters. */
function slugOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-|-$/g, "");
  return plain === "" ? "organization" : plain;
}

function withRandomEnd(slug: string): string {
  return `${slug}-${randomBytes(4).toString("hex")}`;
}
