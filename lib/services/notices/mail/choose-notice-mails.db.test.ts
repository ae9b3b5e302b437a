import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inBrowserOf, outcomeOfForm } from "@/e2e/permission-matrix/doors";
import { newPerson, type Person } from "@/e2e/permission-matrix/matrix-world";
import { cheapHash } from "@/e2e/support/data/cheap-hash";
import { happen, tellAll } from "@/e2e/support/data/tell";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { mailThrough, startMailServer } from "@/e2e/support/processes/mail-server";
import { freshForm } from "@/lib/actions/form-state";
import { chooseNoticeMails } from "@/lib/actions/notices/notices";
import { chosenKinds, type NoticeKind, noticeKinds } from "@/lib/core/notices/notice-kinds";
import { database } from "@/lib/db/client";
import { mailNotices } from "./mail-notices";

vi.mock("next/headers", () => import("@/e2e/permission-matrix/next-request"));
vi.mock("next/cache", () => import("@/e2e/permission-matrix/next-request"));

provideTestDatabase();
let late: Person;
beforeEach(async () => {
  late = await newPerson(6);
});
afterEach(() => mailThrough(undefined));

/** Submits the form with these boxes unchecked. */
function turnOff(
  person: Person,
  kinds: readonly NoticeKind[],
  fields: Readonly<Record<string, string>> = {},
) {
  const form = new FormData();
  for (const kind of noticeKinds) if (!kinds.includes(kind)) form.set(kind, "mail");
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return inBrowserOf(person, () => outcomeOfForm(() => chooseNoticeMails(freshForm, form)));
}
const unmailed = async ({ userId }: Person) =>
  (await database().noticeReader.findUnique({ where: { userId } }))?.unmailed ?? [];

test("[L17] turning off an urgent mail needs the password; turning off others or turning on any does not", async () => {
  const password = "the old one, 4 words";
  const data = { passwordHash: await cheapHash(password) };
  await database().user.update({ where: { id: late.userId }, data });
  for (const kind of ["key_leaked", "key_revoked", "old_secret_in_use", "new_owner"] as const) {
    expect(await turnOff(late, [kind]), kind).toMatchObject({ code: "reauthentication_required" });
  }
  expect(await unmailed(late)).toEqual([]);
  expect(await turnOff(late, ["key_expiring"])).toMatchObject({ ok: true });
  const wrong = await turnOff(late, ["key_leaked"], { password: "another one, 4 words" });
  expect(wrong).toMatchObject({ ok: false, fields: [{ field: "password" }] });
  expect(await unmailed(late)).toEqual(["key_expiring"]);
  expect(await turnOff(late, ["key_leaked", "new_owner"], { password })).toMatchObject({ ok: true });
  await database().session.update({
    where: { id: late.sessionId },
    data: { authenticatedAt: new Date(Date.now() - 6 * 60_000) },
  });
  expect(await turnOff(late, ["new_owner", "policy_ended"])).toMatchObject({ ok: true });
  expect(await unmailed(late)).toEqual(["policy_ended", "new_owner"]);
  expect(await turnOff(late, ["key_leaked", "new_owner"])).toMatchObject({
    code: "reauthentication_required",
  });
  expect(await unmailed(late)).toEqual(["policy_ended", "new_owner"]);
});

test("[L17] a sign-in from a new browser is always mailed, and an intruder cannot turn that off", async () => {
  const server = await startMailServer();
  mailThrough(server.url);
  const intruder = await newPerson();
  const { id } = await createTestOrganization();
  await database().member.create({
    data: { organizationId: id, userId: intruder.userId, accessLevel: "MEMBER" },
  });
  const target = { id: intruder.userId, name: "Ana", type: "member" } as const;
  await happen(id, "member.signed_in", { newBrowser: true }, [target]);
  await tellAll();
  expect(await turnOff(intruder, noticeKinds)).toMatchObject({ ok: true });
  expect(await unmailed(intruder)).toEqual(chosenKinds);
  // As stored when this kind could still be turned off.
  const data = { unmailed: [...noticeKinds] };
  await database().noticeReader.update({ where: { userId: intruder.userId }, data });
  while (await mailNotices(new Date(Date.now() + 60_000)));
  const mails = server.received.filter(({ to }) => to.includes(intruder.email));
  await server.close();
  expect(mails.map(({ head }) => head.join("\n"))).toEqual([
    expect.stringContaining("You signed in from a new browser"),
  ]);
});

test("[L17] a choice is recorded like any change of the account, and the same choice again is not", async () => {
  const person = await newPerson();
  const { id: organizationId } = await createTestOrganization();
  const data = { organizationId, userId: person.userId, accessLevel: "MEMBER" } as const;
  await database().member.create({ data });
  for (let time = 0; time < 2; time++) await turnOff(person, ["key_leaked"]);
  await turnOff(person, []);
  const entries = await database().auditEntry.findMany({
    where: { organizationId, action: "member.mails_chosen" },
    orderBy: { sequence: "asc" },
  });
  const without = chosenKinds.filter((kind) => kind !== "key_leaked");
  expect(entries).toMatchObject([
    { actorUserId: person.userId, details: { mailedBefore: chosenKinds, mailed: without } },
    { actorUserId: person.userId, details: { mailedBefore: without, mailed: chosenKinds } },
  ]);
});
