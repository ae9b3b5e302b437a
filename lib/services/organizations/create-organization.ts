import { randomBytes } from "node:crypto";
import type { Transaction } from "@/lib/db/client";
import { chainStart } from "@/lib/services/audit/audit-hash";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import type { Organization, OrganizationId, Origin, SystemActor, UserActor } from "@/lib/services/context";
import { insertKey } from "@/lib/services/keys/insert-key";

/** Addresses of the dashboard that no organization may take. */
const reservedSlugs = new Set(
  "account api docs healthz invite metrics new readyz report-leak setup sign-in sign-out v1".split(" "),
);

/**
 * Makes an organization with its owner, its audit chain and the public key "Default API Key" that
 * every organization is born with. [J2]
 */
export async function createOrganization(
  transaction: Transaction,
  {
    name,
    ownerId,
    actor,
    origin,
  }: { name: string; ownerId: string; actor: UserActor | SystemActor; origin: Origin },
): Promise<Organization> {
  const slug = await freeSlug(transaction, name);
  const row = await transaction.organization.create({ data: { name, slug, createdAt: origin.at } });
  const organization: Organization = {
    id: row.id as OrganizationId,
    slug,
    name,
    keyCreators: row.keyCreators,
  };
  const organizationId = organization.id;
  await transaction.auditHead.create({ data: { organizationId, hash: chainStart } });
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
  return organization;
}

/** The name in plain letters; with a random end when it is empty, reserved or taken. */
async function freeSlug(transaction: Transaction, name: string): Promise<string> {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  const wanted = plain === "" ? "organization" : plain;
  const taken =
    reservedSlugs.has(wanted) || (await transaction.organization.count({ where: { slug: wanted } })) > 0;
  return taken ? `${wanted}-${randomBytes(4).toString("hex")}` : wanted;
}
