import { beforeAll, expect, test, vi } from "vitest";
import { changedTables, databaseState, writtenSince } from "@/e2e/permission-matrix/database-state";
import { inBrowserOf, outcomeOfForm, outcomeOfPage } from "@/e2e/permission-matrix/doors";
import { newPerson } from "@/e2e/permission-matrix/matrix-world";
import { readMatrix } from "@/e2e/permission-matrix/read-matrix";
import { happen, tellAll } from "@/e2e/support/data/tell";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { freshForm } from "@/lib/actions/form-state";
import * as actions from "@/lib/actions/notices/notices";
import { requireUser } from "@/lib/auth/require-user";
import type { Result } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { listNotices } from "./list-notices";
import { readNoticeChoices } from "./mail/read-notice-choices";

vi.mock("next/headers", () => import("@/e2e/permission-matrix/next-request"));
vi.mock("next/cache", () => import("@/e2e/permission-matrix/next-request"));

let organization: TestOrganization;
provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Told");
});

const calls: Record<string, () => Promise<Result<unknown>>> = {
  listNotices: () => outcomeOfPage(async () => listNotices(await requireUser(), null)),
  markNoticesRead: () => actions.markNoticesRead({ through: Number.MAX_SAFE_INTEGER }),
  readNoticeChoices: () => outcomeOfPage(async () => readNoticeChoices(await requireUser())),
  chooseNoticeMails: () => outcomeOfForm(() => actions.chooseNoticeMails(freshForm, new FormData())),
};
const rows = readMatrix("Notices");

/** An owner with a notice, signed in or with an ended session. */
async function somebody(isSignedIn: boolean) {
  const person = await newPerson();
  const data = { organizationId: organization.id, userId: person.userId, accessLevel: "OWNER" } as const;
  await database().member.create({ data });
  const key = { id: "0123456789abcdEF", name: "A key" };
  await happen(organization.id, "key.revoked", { reason: "leaked", urls: [] }, [key]);
  await tellAll();
  if (!isSignedIn) await database().session.delete({ where: { id: person.sessionId } });
  return person;
}

test.each(rows)("[L17] $verb: $doneTo", async ({ verb, cells }) => {
  const call = calls[verb];
  if (call === undefined) throw new Error("Nothing says how to do this");
  for (const column of ["nobody", "signed in"]) {
    const person = await somebody(column === "signed in");
    const others = () => database().noticeReader.findMany({ where: { userId: { not: person.userId } } });
    const [before, ofOthers] = [await databaseState(), await others()];
    const result = await inBrowserOf(person, call);
    const changed = changedTables(before, await databaseState());
    expect(result.ok ? "ok" : result.code.replaceAll("_", " "), column).toBe(cells.get(column));
    expect((await writtenSince(before)).entries).toHaveLength(result.ok ? Number(cells.get("entries")) : 0);
    const writes = result.ok && !/^(list|read)/.test(verb);
    const recorded = verb === "chooseNoticeMails" ? ["audit_entries", "audit_heads"] : [];
    expect(changed, column).toEqual(writes ? [...recorded, "notice_readers"] : []);
    expect(await others()).toEqual(ofOthers);
  }
});

test("each call is in the table", () => {
  expect(new Set(rows.map(({ verb }) => verb))).toEqual(new Set(Object.keys(calls)));
});
