import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { deferred } from "@/e2e/support/timing/deferred";
import { failure, success } from "@/lib/core/result";
import { database, inTransaction } from "@/lib/db/client";
import { buildToken } from "@/lib/token/format";
import type { OnceRequest } from "./claim-request";
import { claimRequest } from "./claim-request";
import { runOnce } from "./run-once";

let organization: TestOrganization;
let keyId: string;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Once");
  keyId = (await createTestKey(organization)).id;
});

const start = new Date("2026-06-01T12:00:00.000Z");
const seconds = (count: number) => new Date(start.getTime() + count * 1000);

function newRequest(over: Partial<OnceRequest> = {}): OnceRequest {
  return {
    caller: { organizationId: organization.id, keyId },
    idempotencyKey: randomUUID(),
    content: "create",
    at: start,
    ...over,
  };
}

/** Creates an application like a verb. */
async function create(name: string) {
  return inTransaction(async (transaction) => {
    const { id } = await transaction.application.create({
      data: { organizationId: organization.id, name: `${name} ${randomUUID()}` },
    });
    return success({ id });
  });
}
const countOf = (name: string) =>
  database().application.count({ where: { organizationId: organization.id, name: { startsWith: name } } });

describe("a request that is sent again", () => {
  test("is carried out once and gets the same answer", async () => {
    const request = newRequest();
    const first = await runOnce(request, [], () => create("Twice"));
    const second = await runOnce({ ...request, at: seconds(3600) }, [], () => create("Twice"));
    expect(first).toEqual({ ok: true, value: { id: expect.any(String) } });
    expect(second).toEqual({ ...first, text: expect.any(String), replayed: true });
    expect(await countOf("Twice")).toBe(1);
  });

  test("with other content is a conflict, and nothing is done", async () => {
    const request = newRequest();
    await runOnce(request, [], () => create("First"));
    const other = await runOnce({ ...request, content: "create another" }, [], () => create("Second"));
    expect(other).toMatchObject({ ok: false, code: "conflict" });
    expect(await countOf("Second")).toBe(0);
  });

  test("by another key is a different request", async () => {
    const request = newRequest();
    const { id } = await createTestKey(organization);
    for (const each of [request, { ...request, caller: { organizationId: organization.id, keyId: id } }])
      await runOnce(each, [], () => create("Keys"));
    expect(await countOf("Keys")).toBe(2);
  });

  test("after a day is a new one, and old rows are removed", async () => {
    const request = newRequest();
    await runOnce(request, [], () => create("Day"));
    await runOnce({ ...request, at: seconds(86_399) }, [], () => create("Day"));
    expect(await countOf("Day")).toBe(1);
    await runOnce({ ...request, at: seconds(86_400) }, [], () => create("Day"));
    expect(await countOf("Day")).toBe(2);
    await claimRequest(newRequest({ at: seconds(3 * 86_400) }));
    expect(await database().idempotentRequest.count({ where: { claimedAt: { lte: seconds(86_400) } } })).toBe(
      0,
    );
  });

  test("twenty times at once is carried out once; the others are told when to retry", async () => {
    const request = newRequest();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => runOnce(request, [], () => create("Crowd"))),
    );
    expect(await countOf("Crowd")).toBe(1);
    const refused = answers.filter((answer) => !answer.ok);
    for (const answer of refused) expect(answer).toMatchObject({ code: "conflict", retryAfterSeconds: 1 });
    const ids = new Set(answers.flatMap((answer) => (answer.ok ? [JSON.stringify(answer.value)] : [])));
    expect(ids.size).toBe(1);
  });

  test("after it was refused is tried again", async () => {
    const request = newRequest();
    const refused = () => inTransaction(async () => failure("forbidden", "Not this one."));
    expect(await runOnce(request, [], refused)).toMatchObject({ ok: false, code: "forbidden" });
    expect(await runOnce(request, [], () => create("Refused"))).toMatchObject({ ok: true });
    expect(await countOf("Refused")).toBe(1);
  });

  test("after its change was rolled back is tried again", async () => {
    const request = newRequest();
    const broken = () =>
      inTransaction(async (transaction) => {
        await transaction.application.create({
          data: { organizationId: organization.id, name: `Broken ${randomUUID()}` },
        });
        throw new Error("The disk is full");
      });
    await expect(runOnce(request, [], broken)).rejects.toThrow("The disk is full");
    expect(await runOnce(request, [], () => create("Broken"))).toMatchObject({ ok: true });
    expect(await countOf("Broken")).toBe(1);
  });
});

describe("a process that dies", () => {
  test("after the change and before the answer does not cause a second change", async () => {
    const request = newRequest();
    const dying = async () => {
      await create("Dies after");
      throw new Error("killed");
    };
    await expect(runOnce(request, [], dying)).rejects.toThrow("killed");
    const soon = await runOnce({ ...request, at: seconds(5) }, [], () => create("Dies after"));
    expect(soon).toMatchObject({ ok: false, code: "conflict", retryAfterSeconds: 1 });
    const later = await runOnce({ ...request, at: seconds(121) }, [], () => create("Dies after"));
    expect(later).toMatchObject({ ok: false, code: "conflict" });
    expect(later).not.toHaveProperty("retryAfterSeconds");
    expect(await countOf("Dies after")).toBe(1);
  });

  test("before the change leaves the request to a later attempt", async () => {
    const request = newRequest();
    expect(await claimRequest(request)).toMatchObject({ kind: "claimed" });
    const soon = await runOnce({ ...request, at: seconds(119) }, [], () => create("Dies before"));
    expect(soon).toMatchObject({ ok: false, code: "conflict", retryAfterSeconds: 1 });
    const later = await runOnce({ ...request, at: seconds(121) }, [], () => create("Dies before"));
    expect(later).toMatchObject({ ok: true });
    expect(await countOf("Dies before")).toBe(1);
  });

  test("and was only paused changes nothing once another process took over", async () => {
    const request = newRequest();
    const [working, asleep] = [deferred(), deferred()];
    const first = runOnce(request, [], async () => {
      // The claim exists now, so that no other attempt can be first.
      working.resolve();
      await asleep.promise;
      return create("Asleep");
    });
    const gaveUp = expect(first).rejects.toThrow("took over");
    await working.promise;
    await expect
      .poll(async () => (await runOnce({ ...request, at: seconds(121) }, [], () => create("Asleep"))).ok)
      .toBe(true);
    asleep.resolve();
    await gaveUp;
    expect(await countOf("Asleep")).toBe(1);
  });
});

test("[Y3] stored answers contain no token, and the database refuses one", async () => {
  const request = newRequest();
  const token = buildToken("secret", keyId);
  const made = success({ id: "key_1", token, link: "https://acme.test/?t=1", note: `use ${token}` });
  expect(await runOnce(request, ["link"], async () => made)).toEqual(made);
  expect(await runOnce(request, ["link"], async () => made)).toEqual({
    ok: true,
    value: { id: "key_1" },
    text: '{"id":"key_1"}',
    replayed: true,
  });
  const rows = await database().idempotentRequest.findMany();
  expect(JSON.stringify(rows)).not.toContain(token.slice(0, 20));
  const data = { answer: `{"token":"${token}"}`, appliedAt: start };
  await expect(database().idempotentRequest.updateMany({ data })).rejects.toThrow();
});
