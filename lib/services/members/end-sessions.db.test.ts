import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { cheapHash } from "@/e2e/support/data/cheap-hash";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import type { MemberContext, UserActor } from "@/lib/services/access/context";
import { memberContext } from "@/lib/services/access/context";
import { readSession } from "@/lib/services/sessions/read-session";
import { signIn } from "@/lib/services/sessions/sign-in";
import { removeMember } from "./remove-member";

const password = "correct horse battery";
let passwordHash: string;
let organization: TestOrganization;
let owner: MemberContext;
provideTestDatabase();
beforeAll(async () => {
  passwordHash = await cheapHash(password);
});
beforeEach(async () => {
  organization = await createTestOrganization("People");
  owner = await organization.as("OWNER");
});

let addresses = 0;
const origin = () => {
  const address = `198.51.100.${++addresses}`;
  return { at: new Date(), address, userAgent: "test", requestId: null };
};

async function member(): Promise<{ id: string; email: string }> {
  const email = `${randomUUID()}@example.com`;
  const { id } = await database().user.create({ data: { email, name: "Ben", passwordHash } });
  const data = { organizationId: organization.id, userId: id, accessLevel: "OWNER" } as const;
  await database().member.create({ data });
  return { id, email };
}

async function signedIn(email: string): Promise<UserActor> {
  const { sessionId } = value(await signIn({ email, password }, origin()));
  const actor = await readSession(sessionId, new Date());
  if (actor === null) throw new Error("not signed in");
  return actor;
}

const sessions = (userId: string) => database().session.findMany({ where: { userId } });

test("a removal ends every session of the person, and of nobody else", async () => {
  const [gone, stays] = [await member(), await member()];
  await signedIn(gone.email);
  await signedIn(gone.email);
  const other = await signedIn(stays.email);
  value(await removeMember(owner, { userId: gone.id, transfers: [] }));
  expect(await sessions(gone.id)).toEqual([]);
  expect(await sessions(stays.id)).toMatchObject([{ id: other.sessionId }]);
});

test("a person who leaves keeps the session they leave in", async () => {
  const { id, email } = await member();
  const [here] = [await signedIn(email), await signedIn(email)];
  const context = value(await memberContext(here, organization.slug, origin()));
  value(await removeMember(context, { userId: id, transfers: [] }));
  expect(await sessions(id)).toMatchObject([{ id: here.sessionId }]);
});

test("a refused removal ends no session", async () => {
  const { id, email } = await member();
  await signedIn(email);
  const admin = await organization.as("ADMIN");
  expect(await removeMember(admin, { userId: id, transfers: [] })).toMatchObject({ code: "forbidden" });
  expect(await sessions(id)).toHaveLength(1);
});

test("a sign-in during a removal either comes after it or ends with it", async () => {
  for (let round = 0; round < 12; round++) {
    const { id, email } = await member();
    const [started] = await Promise.all([
      signIn({ email, password }, origin()),
      removeMember(owner, { userId: id, transfers: [] }),
    ]);
    const where = { organizationId: organization.id, targetId: id, action: "member.signed_in" };
    const wasMember = (await database().auditEntry.count({ where })) === 1;
    expect(started.ok).toBe(true);
    expect(await sessions(id)).toHaveLength(wasMember ? 0 : 1);
  }
});
