import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { changedTables, databaseState } from "@/e2e/permission-matrix/database-state";
import { newPerson } from "@/e2e/permission-matrix/matrix-world";
import { cheapHash } from "@/e2e/support/data/cheap-hash";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { withoutAuditEntries } from "@/e2e/support/database/without-audit-entries";
import { database } from "@/lib/db/client";
import type { UserActor } from "@/lib/services/access/context";
import { reportLeaks } from "@/lib/services/leaks/report-leaks";
import { chooseNoticeMails } from "@/lib/services/notices/mail/choose-notice-mails";
import { foundOrganization } from "@/lib/services/organizations/found-organization";
import { makeResetLink } from "@/lib/services/password-reset/make-reset-link";
import { resetPassword } from "@/lib/services/password-reset/reset-password";
import { confirmPassword } from "@/lib/services/sessions/confirm-password";
import { endSession } from "@/lib/services/sessions/end-session";
import { signIn } from "@/lib/services/sessions/sign-in";
import { changePassword } from "./password/change-password";
import { updateProfile } from "./update-profile";

let organization: TestOrganization;
let passwordHash: string;
provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Audited");
  passwordHash = await cheapHash(password);
});

const password = "correct-horse-battery";
const other = "another-horse-battery";
const origin = { at: new Date(), address: null, userAgent: null, requestId: null };

async function somebody(): Promise<UserActor> {
  const { userId, email, sessionId } = await newPerson();
  await database().user.update({ where: { id: userId }, data: { passwordHash } });
  const data = { organizationId: organization.id, userId, accessLevel: "MEMBER" } as const;
  await database().member.create({ data });
  return { kind: "user", userId, name: "Somebody", email, sessionId, authenticatedAt: new Date() };
}

type Verb = (actor: UserActor) => Promise<() => Promise<unknown>>;
const verbs: Readonly<Record<string, Verb>> = {
  signIn:
    async ({ email }) =>
    () =>
      signIn({ email, password }, origin),
  endSession:
    async ({ sessionId }) =>
    () =>
      endSession(sessionId, origin),
  updateProfile: async (actor) => () => updateProfile(actor, { name: "Renamed" }, origin),
  changePassword: async (actor) => () =>
    changePassword(actor, { currentPassword: password, newPassword: other }, origin),
  chooseNoticeMails: async (actor) => () => chooseNoticeMails(actor, { mailed: ["key_leaked"] }, origin),
  confirmPassword: async (actor) => () => confirmPassword(actor, { password }, origin),
  resetPassword: async ({ userId }) => {
    const { link } = await makeResetLink(userId, true, origin.at);
    return () => resetPassword({ token: link.split("/").at(-1) ?? "", password: other }, origin);
  },
  foundOrganization: async (actor) => () =>
    foundOrganization(actor, { name: "New", submission: randomUUID() }, origin),
  reportLeaks: async () => {
    const { token } = await createTestKey(organization);
    return () => reportLeaks([{ token, url: "https://example.com", source: "content" }], "GitHub", origin);
  },
};

test.each(Object.entries(verbs))("[L7] %s stops when its audit entry cannot be written", async (_, verb) => {
  const attempt = await verb(await somebody());
  const before = await databaseState();
  await expect(withoutAuditEntries(attempt)).rejects.toThrow("no audit entry can be written");
  // The guess was counted before the password was right.
  const changed = changedTables(before, await databaseState());
  expect(changed.filter((table) => table !== "throttles")).toEqual([]);
});
