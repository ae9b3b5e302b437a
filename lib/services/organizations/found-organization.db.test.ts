import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { foundOrganizationInput } from "@/lib/schemas/organization";
import type { UserActor } from "@/lib/services/access/context";
import { memberContext } from "@/lib/services/access/context";
import { verifyAuditChains } from "@/lib/services/audit/verify-audit-chains";
import { listMemberships } from "@/lib/services/users/list-memberships";
import { foundOrganization } from "./found-organization";

provideTestDatabase();

const origin = () => ({ at: new Date(), address: "203.0.113.9", userAgent: "test", requestId: null });

async function person(): Promise<UserActor> {
  const email = `founder-${randomUUID()}@example.com`;
  const { id: userId, name } = await database().user.create({ data: { name: "Fay Founder", email } });
  return { kind: "user", userId, name, email, sessionId: randomUUID(), authenticatedAt: new Date() };
}

const found = (actor: UserActor, name: string, submission: string = randomUUID()) =>
  foundOrganization(actor, foundOrganizationInput.parse({ name, submission }), origin());

test("[J2] [B1] anyone can create an organization, owns it, and it has its key and its audit chain", async () => {
  const actor = await person();
  const { organizationSlug } = value(await found(actor, "  Nørd & Söhne  "));
  expect(organizationSlug).toMatch(/^n-rd-sohne(-[0-9a-f]{8})?$/);
  const context = value(await memberContext(actor, organizationSlug, origin()));
  expect(context).toMatchObject({
    level: "OWNER",
    organization: { name: "Nørd & Söhne", keyCreators: "OWNER" },
  });
  const organizationId = context.organization.id;
  expect(await database().apiKey.findMany({ where: { organizationId } })).toMatchObject([
    { name: "Default API Key", type: "public", creatorId: actor.userId },
  ]);
  const entries = await database().auditEntry.findMany({
    where: { organizationId },
    orderBy: { sequence: "asc" },
  });
  expect(entries.map(({ action, actorUserId }) => [action, actorUserId])).toEqual([
    ["organization.created", actor.userId],
    ["key.generated", actor.userId],
  ]);
  expect((await verifyAuditChains()).filter(({ fault }) => fault !== null)).toEqual([]);
});

test("a person in several organizations finds each at its own URL, with their level there", async () => {
  const actor = await person();
  const first = value(await found(actor, "Several")).organizationSlug;
  const second = value(await found(actor, "Several")).organizationSlug;
  expect(second).toMatch(/^several-[0-9a-f]{8}$/);
  const other = await createTestOrganization("Elsewhere");
  await database().member.create({
    data: { organizationId: other.id, userId: actor.userId, accessLevel: "MEMBER" },
  });
  expect(value(await memberContext(actor, other.slug, origin())).level).toBe("MEMBER");
  expect((await listMemberships(actor.userId)).map(({ slug, level }) => [slug, level])).toEqual([
    [other.slug, "MEMBER"],
    ...[first, second].map((slug) => [slug, "OWNER"]),
  ]);
});

test("the same form sent ten times at once creates one organization; another name creates another", async () => {
  const actor = await person();
  const submission = randomUUID();
  const answers = await Promise.all(Array.from({ length: 10 }, () => found(actor, "Double", submission)));
  const slugs = new Set(answers.map((answer) => value(answer).organizationSlug));
  expect(slugs.size).toBe(1);
  expect(await listMemberships(actor.userId)).toHaveLength(1);
  value(await found(actor, "Double, again", submission));
  expect(await listMemberships(actor.userId)).toHaveLength(2);

  // The same submission id of another person does not lead to this organization.
  const stranger = await person();
  expect(slugs).not.toContain(value(await found(stranger, "Double", submission)).organizationSlug);
});

test("ten people who create one with the same name at once get ten URLs", async () => {
  const actors = await Promise.all(Array.from({ length: 10 }, person));
  const made = await Promise.all(actors.map((actor) => found(actor, "Popular name")));
  expect(new Set(made.map((answer) => value(answer).organizationSlug)).size).toBe(10);
});

test("a reserved name, or one without usable characters, gets its own URL", async () => {
  const actor = await person();
  for (const name of ["New", "Account", "API", "v1", "setup"]) {
    expect(value(await found(actor, name)).organizationSlug).toMatch(
      new RegExp(`^${name.toLowerCase()}-[0-9a-f]{8}$`),
    );
  }
  expect(value(await found(actor, "株式会社")).organizationSlug).toMatch(/^organization(-[0-9a-f]{8})?$/);
});

test("nobody owns more than 50, even with two forms at once, and memberships do not count", async () => {
  const actor = await person();
  const others = await createTestOrganization("Not owned");
  await database().member.create({
    data: { organizationId: others.id, userId: actor.userId, accessLevel: "ADMIN" },
  });
  for (let count = 0; count < 49; count++) value(await found(actor, `Number ${count}`));
  const submission = randomUUID();
  const last = await Promise.all([found(actor, "Last", submission), found(actor, "One too many")]);
  expect(last.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(last.find(({ ok }) => !ok)).toMatchObject({
    code: "conflict",
    detail: "You own 50 organizations. Nobody can own more than 50.",
  });
  expect(await listMemberships(actor.userId)).toHaveLength(51);
});

test.each([
  ["", "name"],
  ["   ", "name"],
  ["x".repeat(81), "name"],
  ["a\u0000b", "name"],
])("the name %j is refused", (name, field) => {
  const parsed = foundOrganizationInput.safeParse({ name, submission: randomUUID() });
  expect(parsed.error?.issues[0]?.path).toEqual([field]);
});
