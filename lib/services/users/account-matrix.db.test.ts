import { randomUUID } from "node:crypto";
import { beforeAll, expect, test, vi } from "vitest";
import { changedTables, databaseState, writtenSince } from "@/e2e/permission-matrix/database-state";
import { inBrowserOf, outcomeOfForm, outcomeOfPage } from "@/e2e/permission-matrix/doors";
import type { Person } from "@/e2e/permission-matrix/matrix-world";
import { newPerson } from "@/e2e/permission-matrix/matrix-world";
import { readMatrix } from "@/e2e/permission-matrix/read-matrix";
import { cheapHash } from "@/e2e/support/data/cheap-hash";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import * as account from "@/lib/actions/account";
import { freshForm } from "@/lib/actions/form-state";
import * as invitation from "@/lib/actions/invitation";
import * as leaks from "@/lib/actions/leaks";
import * as organizations from "@/lib/actions/organization";
import * as passwordLink from "@/lib/actions/password-link";
import * as passwordReset from "@/lib/actions/password-reset";
import * as session from "@/lib/actions/session";
import * as setup from "@/lib/actions/setup";
import { requireUser } from "@/lib/auth/require-user";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { readInvitation } from "@/lib/services/invitations/read-invitation";
import { readResetLink } from "@/lib/services/password-reset/read-reset-link";
import { recordedGuesses } from "@/lib/services/sessions/record-guesses";
import { hashLinkToken, randomLinkToken } from "@/lib/token/link-token";
import { listMemberships } from "./list-memberships";
import { readPasswordLink } from "./password/read-password-link";

vi.mock("next/headers", () => import("@/e2e/permission-matrix/next-request"));
vi.mock("next/cache", () => import("@/e2e/permission-matrix/next-request"));

/** The input of a cell: a password to try, an email, or the token of a link or of a key. */
type Target = { readonly password: string; readonly email: string; readonly token: string };

const rightPassword = "correct-horse-battery";
const name = "Their name";

let organization: TestOrganization;
/** The organization that everybody belongs to, whose log records their sessions. */
let home: TestOrganization;
let passwordHash: string;
provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Inviting");
  home = await createTestOrganization("Home");
  passwordHash = await cheapHash(rightPassword);
});

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [field, value] of Object.entries(fields)) data.set(field, value);
  return data;
}

const calls: Record<string, (target: Target) => Promise<Result<unknown>>> = {
  listMemberships: () =>
    outcomeOfPage(async () => success(await listMemberships((await requireUser()).userId))),
  updateProfile: () => outcomeOfForm(() => account.updateProfile(freshForm, form({ name }))),
  changePassword: ({ password }) =>
    outcomeOfForm(() =>
      account.changePassword(
        freshForm,
        form({ currentPassword: password, newPassword: "another-horse-battery" }),
      ),
    ),
  confirmPassword: ({ password }) => session.confirmPassword(password),
  endSession: () => session.signOut(),
  signIn: ({ email, password }) =>
    outcomeOfForm(() => session.signIn(freshForm, form({ email, password, next: "" }))),
  setUp: ({ email, token }) =>
    outcomeOfForm(() =>
      setup.setUp(
        freshForm,
        form({ token, name, email, password: rightPassword, organizationName: "Second" }),
      ),
    ),
  foundOrganization: () =>
    outcomeOfForm(() =>
      organizations.createOrganization(freshForm, form({ name: "New", submission: randomUUID() })),
    ),
  readInvitation: async ({ token }) =>
    (await readInvitation(token, new Date())) === null
      ? failure("not_found", "It leads nowhere.")
      : success(null),
  acceptInvitation: ({ token }) =>
    outcomeOfForm(() => invitation.acceptInvitation(freshForm, form({ token }))),
  acceptInvitationAsNew: ({ token }) =>
    outcomeOfForm(() => invitation.acceptAsNew(freshForm, form({ token, name, password: rightPassword }))),
  readPasswordLink: async ({ token }) =>
    (await readPasswordLink(token, new Date())) === null
      ? failure("not_found", "It leads nowhere.")
      : success(null),
  setFirstPassword: ({ token }) =>
    outcomeOfForm(() => passwordLink.setFirstPassword(freshForm, form({ token, password: rightPassword }))),
  requestPasswordReset: ({ email }) =>
    outcomeOfForm(() => passwordReset.requestPasswordReset(freshForm, form({ email }))),
  readResetLink: async ({ token }) =>
    (await readResetLink(token, new Date())) === null
      ? failure("not_found", "It leads nowhere.")
      : success(null),
  resetPassword: ({ token }) =>
    outcomeOfForm(() => passwordReset.resetPassword(freshForm, form({ token, password: rightPassword }))),
  reportLeakedKey: ({ token }) => outcomeOfForm(() => leaks.reportLeakedKey(freshForm, form({ token }))),
};

type Over = {
  email?: string;
  invitedById?: string;
  expiresAt?: Date;
  acceptedAt?: Date;
  acceptedById?: string;
  revokedAt?: Date;
};

/** An invitation to the person, made by the organization's owner. */
const invited = (over: (person: Person) => Promise<Over>) => async (person: Person) => {
  const token = randomLinkToken();
  await database().invitation.create({
    data: {
      organizationId: organization.id,
      email: person.email,
      accessLevel: "ADMIN",
      tokenHash: hashLinkToken(token),
      invitedById: organization.userIds.OWNER,
      createdAt: new Date("2026-01-01"),
      expiresAt: new Date(Date.now() + 3_600_000),
      ...(await over(person)),
    },
  });
  return { token, email: person.email, password: rightPassword };
};

/** The link of another person who was created through the API, opened by this person. */
const linked = (over: { usedAt?: Date; expiresAt?: Date; passwordHash?: string }) => async () => {
  const { passwordHash: hash = null, ...link } = over;
  const token = randomLinkToken();
  const email = `${randomUUID()}@example.com`;
  const { id: userId } = await database().user.create({ data: { name, email, passwordHash: hash } });
  const organizationId = organization.id;
  await database().member.create({ data: { organizationId, userId, accessLevel: "MEMBER" } });
  await database().passwordLink.create({
    data: {
      organizationId,
      userId,
      tokenHash: hashLinkToken(token),
      createdAt: new Date("2026-01-01"),
      expiresAt: new Date(Date.now() + 3_600_000),
      ...link,
    },
  });
  return { token, email, password: rightPassword };
};

/** This person's own link. */
const reset = (expiresAt: Date) => async (person: Person) => {
  const token = randomLinkToken();
  const { userId, email } = person;
  const link = { createdAt: new Date("2026-01-01"), expiresAt, byOperator: false };
  await database().passwordReset.create({ data: { userId, tokenHash: hashLinkToken(token), ...link } });
  return { token, email, password: rightPassword };
};

const plain = async ({ email }: Person) => ({ token: "", email, password: rightPassword });

const targets: Record<string, (person: Person) => Promise<Target>> = {
  ...Object.fromEntries(
    ["their organizations", "their name", "their session", "a new one", "what is set up already"]
      .concat("by the right password", "where no mail server is set")
      .map((doneTo) => [doneTo, plain]),
  ),
  "by a wrong password": async (person) => ({ ...(await plain(person)), password: "wrong" }),
  "an account that is not there": async (person) => ({
    ...(await plain(person)),
    email: `${randomUUID()}@example.com`,
  }),
  "an invitation for them": invited(async () => ({})),
  "one for somebody else": invited(async () => ({ email: (await newPerson()).email })),
  "one for an email without account": invited(async () => ({ email: `${randomUUID()}@example.com` })),
  "one that was used": invited(async ({ userId }) => ({ acceptedAt: new Date(), acceptedById: userId })),
  "one that was revoked": invited(async () => ({ revokedAt: new Date() })),
  "one whose time is over": invited(async () => ({ expiresAt: new Date(Date.now() - 1) })),
  "one by who may not invite": invited(async () => ({ invitedById: organization.userIds.MEMBER })),
  "a link for a new password": linked({}),
  "a link that was used": linked({ usedAt: new Date() }),
  "a link whose time is over": linked({ expiresAt: new Date(Date.now() - 1) }),
  "a link of who has a password": linked({ passwordHash: "somebody's" }),
  "a working secret key": async (person) => ({ ...(await plain(person)), ...(await createTestKey(home)) }),
  "a text that is no key": async (person) => ({ ...(await plain(person)), token: "no key" }),
  "a reset link": reset(new Date(Date.now() + 3_600_000)),
  "a reset link whose time is over": reset(new Date(Date.now() - 1)),
  "where they are a member": invited(async ({ userId }) => {
    const data = { organizationId: organization.id, userId, accessLevel: "MEMBER" } as const;
    await database().member.create({ data });
    return {};
  }),
};

/** A person with a password; signed in, or with an ended session. */
async function somebody(isSignedIn: boolean): Promise<Person> {
  const person = await newPerson();
  await database().user.update({ where: { id: person.userId }, data: { passwordHash } });
  const data = { organizationId: home.id, userId: person.userId, accessLevel: "MEMBER" } as const;
  await database().member.create({ data });
  if (!isSignedIn) await database().session.delete({ where: { id: person.sessionId } });
  return person;
}

const startsSession = ["signIn", "acceptInvitationAsNew", "setFirstPassword"];
const endsSession = ["endSession", "resetPassword"];

const rows = readMatrix("People's own accounts");

for (const { verb, doneTo, cells } of rows) {
  // Tests that only the person can change their own account, with the table's number of audit entries.
  test(`[B1] ${verb}: ${doneTo}`, async () => {
    const call = calls[verb];
    const makeTarget = targets[doneTo];
    if (call === undefined || makeTarget === undefined) throw new Error("Nothing says how to do this");
    for (const column of ["nobody", "signed in"]) {
      const person = await somebody(column === "signed in");
      const target = await makeTarget(person);
      const before = await databaseState();
      const result = await inBrowserOf(person, () => call(target));
      await recordedGuesses();
      const changed = changedTables(before, await databaseState());
      const { entries } = await writtenSince(before);
      expect(result.ok ? "ok" : result.code.replaceAll("_", " "), column).toBe(cells.get(column));
      const guessed = doneTo === "by a wrong password" && !result.ok && result.code !== "signed_out";
      // A browser's previous session ends when it gets another one, and the log records that too.
      const replaces = result.ok && column === "signed in" && startsSession.includes(verb);
      const expected = result.ok || guessed ? Number(cells.get("entries")) : 0;
      expect(entries, column).toHaveLength(expected + (replaces ? 1 : 0));
      const ended = replaces || (result.ok && endsSession.includes(verb));
      const isAlive = column === "signed in" && !ended;
      const alive = await database().session.count({ where: { id: person.sessionId } });
      expect(alive, column).toBe(isAlive ? 1 : 0);
      const ofGuesses = ["throttles", ...(guessed ? ["audit_entries", "audit_heads"] : [])];
      if (!result.ok) expect(changed.filter((table) => !ofGuesses.includes(table))).toEqual([]);
    }
  });
}

test("each call with each target is in the table", () => {
  expect(new Set(rows.map(({ verb }) => verb))).toEqual(new Set(Object.keys(calls)));
  expect(new Set(rows.map(({ doneTo }) => doneTo))).toEqual(new Set(Object.keys(targets)));
});
