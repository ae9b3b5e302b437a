import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { inBrowserOf, outcomeOfForm } from "@/e2e/permission-matrix/doors";
import { MatrixWorld, newSession } from "@/e2e/permission-matrix/matrix-world";
import { keyInput } from "@/e2e/support/data/key-input";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { withinChanges } from "@/lib/services/throttle/people-shares";
import * as account from "./account";
import { freshForm } from "./form-state";
import * as keys from "./keys";

vi.mock("next/headers", () => import("@/e2e/permission-matrix/next-request"));
vi.mock("next/cache", () => import("@/e2e/permission-matrix/next-request"));
provideTestDatabase();

test("[L5] an action that waits is refused once the session has ended, and another session is not held up", async () => {
  const world = await MatrixWorld.create(await createTestOrganization("Elsewhere"));
  const { organization } = world;
  const owner = await world.member("OWNER");
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const hold = async () => {
    await held;
    return success(null);
  };
  const busy = [organization.id, null].flatMap((id) =>
    [1, 2, 3].map(() => withinChanges(owner.sessionId, id, hold)),
  );
  const input = { ...keyInput(organization), name: "By a stolen session" };
  const waiting = inBrowserOf(owner, () => keys.generateKey(organization.slug, input, randomUUID()));
  const profile = new FormData();
  profile.set("name", "Mallory");
  const onAccount = inBrowserOf(owner, () => outcomeOfForm(() => account.updateProfile(freshForm, profile)));
  // Long enough to read the session and begin to wait. If it is too short, the action finds no session at once.
  for (let look = 0; look < 10; look++) await database().session.findMany({ where: { id: owner.sessionId } });

  const elsewhere = { ...owner, ...(await newSession(owner.userId)) };
  const made = await inBrowserOf(elsewhere, () =>
    keys.generateKey(organization.slug, keyInput(organization), randomUUID()),
  );
  expect(made.ok).toBe(true);

  await database().session.delete({ where: { id: owner.sessionId } });
  letGo();
  await Promise.all(busy);
  expect([await waiting, await onAccount]).toMatchObject([{ code: "signed_out" }, { code: "signed_out" }]);
  expect(await database().apiKey.count({ where: { name: input.name } })).toBe(0);
  const { name } = await database().user.findUniqueOrThrow({ where: { id: owner.userId } });
  expect(name).toBe(owner.name);
});
