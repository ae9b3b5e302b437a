import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { cheapHash } from "@/e2e/support/data/cheap-hash";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { Result } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { acceptInvitationAsNew } from "@/lib/services/invitations/accept-invitation";
import { inviteMember } from "@/lib/services/invitations/invite-member";
import { readResetLink } from "@/lib/services/password-reset/read-reset-link";
import { resetByOperator } from "@/lib/services/password-reset/reset-by-operator";
import { resetPassword } from "@/lib/services/password-reset/reset-password";
import { signIn } from "@/lib/services/sessions/sign-in";
import { bootstrapOwner } from "@/lib/services/setup/bootstrap-owner";
import { issueSetupToken } from "@/lib/services/setup/issue-setup-token";
import { setUp } from "@/lib/services/setup/set-up";
import { hashLinkToken, randomLinkToken } from "@/lib/token/link-token";
import { changePassword } from "./change-password";
import { setFirstPassword } from "./set-first-password";

let organization: TestOrganization;
provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Zephyr");
});

const origin = () => ({ at: new Date(), address: "203.0.113.7", userAgent: "test", requestId: null });
/** A password from before strength checks. */
const old = "aaaaaaaaaaaa";
const name = "Ana Sousa";
const newEmail = () => `${randomUUID()}@example.com`;

async function owner() {
  const { actor } = await organization.as("OWNER");
  await database().user.update({
    where: { id: actor.userId },
    data: { passwordHash: await cheapHash(old) },
  });
  return actor;
}

type Door = {
  readonly field?: string;
  readonly open: () => Promise<(password: string) => Promise<Result<unknown>>>;
};

/** Every place that sets a password. */
const doors: Record<string, Door> = {
  setUp: {
    open: async () => {
      const token = await issueSetupToken();
      return (password) =>
        setUp({ token, name, email: newEmail(), organizationName: "Zephyr", password }, origin());
    },
  },
  bootstrapOwner: {
    open: async () => (password) => bootstrapOwner({ email: newEmail(), organization: "Zephyr", password }),
  },
  acceptInvitationAsNew: {
    open: async () => {
      const input = { email: newEmail(), accessLevel: "MEMBER" as const };
      const { token } = value(await inviteMember(await organization.as("OWNER"), input));
      return (password) => acceptInvitationAsNew({ token: token ?? "", name, password }, origin());
    },
  },
  setFirstPassword: {
    open: async () => {
      const token = randomLinkToken();
      const { id: userId } = await database().user.create({ data: { name, email: newEmail() } });
      const organizationId = organization.id;
      await database().member.create({ data: { organizationId, userId, accessLevel: "MEMBER" } });
      const times = { createdAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) };
      const tokenHash = hashLinkToken(token);
      await database().passwordLink.create({ data: { organizationId, userId, tokenHash, ...times } });
      return (password) => setFirstPassword({ token, password }, origin());
    },
  },
  resetPassword: {
    open: async () => {
      const { link } = value(await resetByOperator((await owner()).email, new Date()));
      return (password) => resetPassword({ token: link.split("/").at(-1) ?? "", password }, origin());
    },
  },
  changePassword: {
    field: "newPassword",
    open: async () => {
      const actor = await owner();
      return (newPassword) => changePassword(actor, { currentPassword: old, newPassword }, origin());
    },
  },
};

test.each(Object.entries(doors))(
  "%s refuses a weak password and personal data at its field, and then accepts a strong one",
  async (_name, { field = "password", open }) => {
    const set = await open();
    const hashes = () =>
      database().user.findMany({ orderBy: { id: "asc" }, select: { id: true, passwordHash: true } });
    const before = await hashes();
    for (const weak of ["password1234", "zephyrzephyr1", "            "]) {
      const refused = await set(weak);
      expect(refused, weak).toMatchObject({ code: "invalid_request", fields: [{ field }] });
    }
    expect(await hashes()).toEqual(before);
    // Once users exist, the setup is closed.
    if (field === "password" && ["setUp", "bootstrapOwner"].includes(_name)) return;
    value(await set("correct horse battery"));
  },
);

/** Each kind of link that can set this account's password. */
async function openLinks(userId: string) {
  const { email } = await database().user.findUniqueOrThrow({ where: { id: userId } });
  const { link } = value(await resetByOperator(email, new Date()));
  const token = randomLinkToken();
  const times = { createdAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) };
  await database().passwordLink.create({
    data: { organizationId: organization.id, userId, tokenHash: hashLinkToken(token), ...times },
  });
  return { reset: link.split("/").at(-1) ?? "", first: token };
}

async function newcomer() {
  const email = newEmail();
  const { id: userId } = await database().user.create({ data: { name, email } });
  await database().member.create({
    data: { organizationId: organization.id, userId, accessLevel: "MEMBER" },
  });
  return { userId, email };
}

type Change = () => Promise<{ readonly userId: string; readonly set: () => Promise<Result<unknown>> }>;
const password = "correct horse battery";

/** Every change of an existing password, and every first password of an existing account. */
const changes: Record<string, Change> = {
  changePassword: async () => {
    const actor = await owner();
    const input = { currentPassword: old, newPassword: password };
    return { userId: actor.userId, set: () => changePassword(actor, input, origin()) };
  },
  setFirstPassword: async () => {
    const { userId } = await newcomer();
    const { first: token } = await openLinks(userId);
    return { userId, set: () => setFirstPassword({ token, password }, origin()) };
  },
  resetPassword: async () => {
    const { userId, email } = await newcomer();
    const set = async () => {
      const { link } = value(await resetByOperator(email, new Date()));
      return resetPassword({ token: link.split("/").at(-1) ?? "", password }, origin());
    };
    return { userId, set };
  },
  acceptInvitationAsNew: async () => {
    const elsewhere = await createTestOrganization("Elsewhere");
    const { userId, email } = await newcomer();
    const inviting = await elsewhere.as("OWNER");
    const { token } = value(await inviteMember(inviting, { email, accessLevel: "MEMBER" }));
    return { userId, set: () => acceptInvitationAsNew({ token: token ?? "", name, password }, origin()) };
  },
};

test.each(Object.entries(changes))("%s ends every open link of the account", async (_name, begin) => {
  const { userId, set } = await begin();
  const links = await openLinks(userId);
  const others = await openLinks((await newcomer()).userId);
  value(await set());
  const after = await database().user.findUniqueOrThrow({
    where: { id: userId },
    select: { passwordHash: true },
  });
  const another = "violet kettle marches north";
  expect(await readResetLink(links.reset, new Date())).toBeNull();
  expect(await resetPassword({ token: links.reset, password: another }, origin())).toMatchObject({
    code: "not_found",
  });
  expect(await setFirstPassword({ token: links.first, password: another }, origin())).toMatchObject({
    code: "not_found",
  });
  expect(await database().passwordLink.count({ where: { userId, usedAt: null } })).toBe(0);
  expect(
    await database().user.findUniqueOrThrow({ where: { id: userId }, select: { passwordHash: true } }),
  ).toEqual(after);
  value(await setFirstPassword({ token: others.first, password: another }, origin()));
});

test("passwords are written in one place, which also ends open links", () => {
  const files = readdirSync("lib", { recursive: true, encoding: "utf8" });
  const writers = files.filter((file) => {
    if (!/\.ts$/.test(file) || /\.test\.ts$|generated/.test(file)) return false;
    const text = readFileSync(`lib/${file}`, "utf8");
    return /\buser\.(update|upsert)\w*\(/.test(text) && /\bpasswordHash\b(?!: null)/.test(text);
  });
  expect(writers).toEqual(["services/users/password/set-password.ts"]);
});

test("a password set before strength checks existed still signs in", async () => {
  const { email } = await owner();
  expect(await signIn({ email, password: old }, origin())).toMatchObject({ ok: true });
});
