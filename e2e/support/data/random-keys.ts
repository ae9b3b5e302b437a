import { createHash } from "node:crypto";
import fc from "fast-check";
import { accessLevels } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import type { TestOrganization } from "./test-organization";
import { createTestResources } from "./test-resources";

/** The time at which the lists of these keys are read. */
export const listedNow = new Date("2026-06-01T12:00:00.000Z");
const hour = 3_600_000;
const moments = [-2, -1, 0, 1, 2].map((hours) => new Date(listedNow.getTime() + hours * hour));
const created = moments.map((moment) => new Date(moment.getTime() - 24 * hour));
/** Times around the limits of the findings: 7, 14 and 90 days. */
const [olds, ends, uses] = [-7, 14, -90].map((days) =>
  moments.map((moment) => new Date(moment.getTime() + days * 24 * hour)),
) as [Date[], Date[], Date[]];

/** Few values of each kind, so that rows have equal sort keys and searches find several. */
const keyData = fc.record({
  id: fc.stringMatching(/^[0-9A-Za-z]{16}$/),
  name: fc.constantFrom(
    "Deploy",
    "deploy 2",
    "100% sure",
    "snake_case",
    "O'Brien \\ son",
    "Rocket 🚀",
    "STORE",
  ),
  description: fc.constantFrom("", "naïve CAFÉ", "by Admin", "_%", "two\nlines"),
  creator: fc.constantFrom(...accessLevels),
  place: fc.constantFrom(null, "application", "workspace", "group", "organizationGroup"),
  accessLevel: fc.constantFrom(...accessLevels),
  type: fc.constantFrom("secret", "public"),
  createdAt: fc.constantFrom(...created, ...olds),
  expiresAt: fc.constantFrom(null, ...moments, ...ends),
  lastUsedAt: fc.constantFrom(null, null, ...moments, ...uses),
  subject: fc.constantFrom(null, "cus_1", "CUS_1", "a%", "dep"),
  labels: fc.constantFrom({}, { team: "billing" }, { team: "billing", env: "" }, { env: "prod" }),
  overPrivileged: fc.boolean(),
  isPaused: fc.boolean(),
  /** The end of the previous secret, after a roll. */
  endsAt: fc.constantFrom(null, ...moments),
  revokedAt: fc.option(fc.constantFrom(...moments), { freq: 3 }),
  isDeleted: fc.boolean(),
});

export type ListedKey = Awaited<ReturnType<typeof readListedKeys>>[number];

/** All keys of the organization that are not deleted. */
export function readListedKeys(organization: TestOrganization) {
  const within = { include: { application: true } } as const;
  return database().apiKey.findMany({
    where: { organizationId: organization.id, deletedAt: null },
    include: {
      ...{ creator: true, application: true, workspace: within, userGroup: within, roles: true },
      secrets: { where: { endsAt: { not: null } } },
    },
  });
}

/** Inserts random keys of every kind that lists distinguish, in random namespaces and by random members. */
export async function insertRandomKeys(where: TestOrganization, count: number, seed: number) {
  const there = await createTestResources(where);
  for (const creator of accessLevels) {
    const userId = where.userIds[creator];
    const { id: organizationId } = where;
    const grant = (place: object) =>
      database().grant.create({ data: { organizationId, userId, accessLevel: "OWNER", ...place } });
    await grant({ applicationId: there.application.id });
    await grant({ workspaceId: there.workspace.id });
    for (const group of [there.group, there.organizationGroup]) await grant({ userGroupId: group.id });
  }
  const made = fc.sample(keyData, { numRuns: count, seed });
  await database().apiKey.createMany({
    data: made.map(({ creator, place, isDeleted, isPaused, endsAt: _, ...key }) => {
      const at = place === null ? null : there[place];
      return {
        ...key,
        // A key cannot have been used before its creation.
        createdAt: new Date(Math.min(key.createdAt.getTime(), (key.lastUsedAt ?? key.createdAt).getTime())),
        organizationId: where.id,
        accessLevel: key.type === "public" ? "MEMBER" : key.accessLevel,
        creatorId: where.userIds[creator],
        liveCreatorId: key.revokedAt === null ? where.userIds[creator] : null,
        pausedAt: isPaused ? key.createdAt : null,
        pausedById: isPaused ? where.userIds[creator] : null,
        revocationReason: key.revokedAt === null ? null : "person",
        deletedAt: isDeleted ? key.revokedAt : null,
        namespaceType: at?.type ?? "organization",
        applicationId: at?.type === "application" ? at.id : null,
        workspaceId: at?.type === "workspace" ? at.id : null,
        userGroupId: at?.type === "usergroup" ? at.id : null,
      };
    }),
  });
  await database().apiKeySecret.createMany({
    data: made
      .filter(({ type, endsAt }) => type === "secret" && endsAt !== null)
      .map(({ id, createdAt, endsAt }) => ({
        organizationId: where.id,
        keyId: id,
        keyType: "secret" as const,
        version: 1,
        hash: createHash("sha256").update(id).digest(),
        pepperVersion: 1,
        createdAt,
        endsAt,
      })),
  });
}
