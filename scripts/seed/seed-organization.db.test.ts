import { beforeAll, expect, test } from "vitest";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { keyListInput } from "@/lib/schemas/key-list";
import type { UserActor } from "@/lib/services/access/context";
import { memberContext } from "@/lib/services/access/context";
import { verifyAuditChains } from "@/lib/services/audit/verify-audit-chains";
import { listKeys } from "@/lib/services/keys/read/list-keys";
import { people, seedOrganization } from "./seed-organization";
import { expect as expectValue } from "./seed-result";

provideTestDatabase();
beforeAll(() => seedOrganization(100, "not a hash"), 180_000);

async function contextOf(email: string) {
  const { id: userId, name } = await database().user.findUniqueOrThrow({ where: { email } });
  const actor: UserActor = {
    ...{ kind: "user", userId, name, email },
    ...{ sessionId: "", authenticatedAt: new Date() },
  };
  const origin = { at: new Date(), address: null, userAgent: null, requestId: null };
  return expectValue(await memberContext(actor, "northwind-robotics", origin));
}

/** How many active keys the owner's list shows. */
async function countOf(filters: object, status = "active"): Promise<number> {
  const list = keyListInput.parse({ status, filters });
  return expectValue(await listKeys(await contextOf("ana@example.com"), list)).total;
}

test("the example has keys to find, to hand over and to tidy up, of each of its people", async () => {
  for (const { email } of people) {
    expect(await countOf({ creator: [email] }), email).toBeGreaterThan(3);
    expect(await countOf({ creator: [email], is: ["idle"] }), `idle of ${email}`).toBeGreaterThan(0);
    expect(await countOf({ creator: [email], used: ["<1d"] }), `in use of ${email}`).toBeGreaterThan(0);
  }
  for (const is of ["never-used", "never-expires", "expiring-soon", "over-privileged"]) {
    expect(await countOf({ is: [is] }), is).toBeGreaterThan(0);
  }
  const rolling = await countOf({}, "rolling");
  const straggling = await database().apiKeySecret.count({
    where: { endsAt: { gt: new Date() }, lastUsedAt: { gt: new Date(Date.now() - 3_600_000) } },
  });
  expect(rolling).toBeGreaterThan(straggling);
  expect(straggling).toBeGreaterThan(0);
  expect(await verifyAuditChains()).toMatchObject([{ fault: null }]);
});
