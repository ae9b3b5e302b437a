import { expect, test } from "vitest";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { inTransaction } from "./client";

provideTestDatabase();

test("a connection gets one query at a time, also when a transaction reads several relations", async () => {
  const warnings: string[] = [];
  process.on("warning", ({ message }) => warnings.push(message));
  const { id } = await createTestOrganization();
  const read = await inTransaction(async (transaction) => {
    const organization = await transaction.organization.findUniqueOrThrow({
      where: { id },
      include: { members: true, apiKeys: true, auditEntries: true },
    });
    // The caller does not need to know about this limit.
    const [users, members] = await Promise.all([transaction.user.count(), transaction.member.count()]);
    return { ...organization, users, count: members };
  });
  expect(read.count).toBe(read.members.length);
  // Warnings are emitted asynchronously.
  await new Promise(setImmediate);
  expect(warnings).toEqual([]);
});

test("a statement that fails does not keep the next ones from failing as well", async () => {
  const { id } = await createTestOrganization();
  const failing = inTransaction(async (transaction) => {
    const [failed, next] = await Promise.allSettled([
      transaction.$executeRaw`SELECT 1 / 0`,
      transaction.organization.findUniqueOrThrow({ where: { id } }),
    ]);
    expect([failed.status, next.status]).toEqual(["rejected", "rejected"]);
    throw new Error("as expected");
  });
  await expect(failing).rejects.toThrow("as expected");
  expect(await inTransaction((transaction) => transaction.organization.count({ where: { id } }))).toBe(1);
});
