import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { failure, success } from "@/lib/core/result";
import { database, inTransaction } from "@/lib/db/client";
import type { OnceRequest } from "./claim-request";
import { runOnceWithChange } from "./run-once-with-change";

let organization: TestOrganization;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("With its change");
});

const newRequest = (over: Partial<OnceRequest> = {}): OnceRequest => ({
  caller: { userId: organization.userIds.OWNER, organizationId: organization.id },
  idempotencyKey: randomUUID(),
  content: "step",
  at: new Date(),
  ...over,
});

/** Creates an application like a verb; names are unique in an organization, and a taken one is refused. */
function create(name: string, dies?: "before" | "after") {
  return async () => {
    const outcome = await inTransaction(async (transaction) => {
      const { count } = await transaction.application.createMany({
        data: { organizationId: organization.id, name },
        skipDuplicates: true,
      });
      if (dies === "before") throw new Error("killed");
      return count === 0 ? failure("conflict", "The name is taken.") : success({ name });
    });
    if (dies === "after") throw new Error("killed");
    return outcome;
  };
}
const countOf = (name: string) =>
  database().application.count({ where: { organizationId: organization.id, name } });

test("[L12] a step whose process died before the commit is carried out by the next attempt, without a wait", async () => {
  const request = newRequest();
  await expect(runOnceWithChange(request, [], create("Before", "before"))).rejects.toThrow("killed");
  expect(await countOf("Before")).toBe(0);
  expect(await runOnceWithChange(request, [], create("Before"))).toEqual(success({ name: "Before" }));
  expect(await countOf("Before")).toBe(1);
});

test("[L12] a step whose process died after the commit has its answer, and is not done twice", async () => {
  const request = newRequest();
  await expect(runOnceWithChange(request, [], create("After", "after"))).rejects.toThrow("killed");
  const again = await runOnceWithChange(request, [], create("After, once more"));
  expect(again).toEqual({ ok: true, value: { name: "After" }, replayed: true });
  expect(await countOf("After, once more")).toBe(0);
});

test("[L12] of several at once one is carried out, and all get its answer", async () => {
  const request = newRequest();
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => runOnceWithChange(request, [], create("Crowd"))),
  );
  for (const answer of answers) expect(answer).toMatchObject(success({ name: "Crowd" }));
  expect(answers.filter((answer) => !("replayed" in answer))).toHaveLength(1);
  expect(await countOf("Crowd")).toBe(1);
});

test("a refused request is not kept, and other content under the same id is refused", async () => {
  const request = newRequest();
  const refused = () => inTransaction(async () => failure("forbidden", "Not this one."));
  expect(await runOnceWithChange(request, [], refused)).toMatchObject({ ok: false, code: "forbidden" });
  expect(await runOnceWithChange(request, [], create("Refused"))).toMatchObject({ ok: true });
  const other = await runOnceWithChange({ ...request, content: "other" }, [], create("Other"));
  expect(other).toMatchObject({ ok: false, code: "conflict" });
  expect(await countOf("Other")).toBe(0);
});
