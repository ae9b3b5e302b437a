import { beforeEach, describe, expect, test } from "vitest";
import { provideTestApi, statusAndCode } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import type { TestResources } from "@/e2e/support/data/test-resources";
import { createTestResources, giveTestGrant } from "@/e2e/support/data/test-resources";
import { database } from "@/lib/db/client";

const api = provideTestApi();
let organization: TestOrganization;
let made: TestResources;
/** A key of the application, created by an ADMIN of the organization who is OWNER there. */
let key: TestKey;
beforeEach(async () => {
  organization = await createTestOrganization("Resources");
  made = await createTestResources(organization);
  await giveTestGrant(organization, organization.userIds.ADMIN, made.application, "OWNER");
  key = await createTestKey(organization, { creator: "ADMIN", namespace: made.application });
});

const send = (method: string, path: string, body?: unknown, token = key.token) =>
  api.send(method, path, token, body);
const create = (name: string) => send("POST", "/v1/workspaces", { name });

describe("lists", () => {
  const names = async (path: string) =>
    (await api.call(path, key.token)).json.data.map(({ name }: { name: string }) => name);

  test("page by cursor in the order of creation, each row once, whatever is created or deleted meanwhile", async () => {
    const createdAt = new Date("2026-01-01T00:00:00.000Z");
    const { id: applicationId } = made.application;
    // Created at the same moment: the id decides.
    await database().workspace.createMany({
      data: Array.from({ length: 25 }, (_, index) => ({
        organizationId: organization.id,
        applicationId,
        name: `Row ${index}`,
        createdAt,
      })),
    });
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let pages = 0; pages < 20; pages++) {
      const path: string = `/v1/workspaces?limit=10${cursor === null ? "" : `&cursor=${cursor}`}`;
      const { json } = await api.call(path, key.token);
      seen.push(...json.data.map(({ id }: { id: string }) => id));
      cursor = json.next_cursor;
      if (cursor === null) break;
      await database().workspace.deleteMany({ where: { id: json.data.at(-1).id } });
      await create(`Meanwhile ${pages}`);
    }
    const rows = await database().workspace.findMany({ where: { applicationId } });
    expect(seen).toHaveLength(28);
    expect(new Set(seen).size).toBe(28);
    expect(rows.every(({ id }) => seen.includes(id))).toBe(true);
  });

  test("are filtered by the exact name and by the application", async () => {
    await create("100% sure");
    await create("100X sure");
    expect(await names(`/v1/workspaces?name=${encodeURIComponent("100% sure")}`)).toEqual(["100% sure"]);
    expect(await names("/v1/workspaces?name=Nobody")).toEqual([]);
    expect(await names(`/v1/workspaces?application_id=${made.application.id}`)).toHaveLength(3);
    const other = await createTestResources(await createTestOrganization("Other"));
    expect(await names(`/v1/workspaces?application_id=${other.application.id}`)).toEqual([]);
  });

  test("refuse foreign cursors, bad limits and unknown filters", async () => {
    for (const query of [
      "cursor=x",
      "cursor=",
      "cursor=1_1",
      "limit=0",
      "limit=101",
      "name=",
      "application_id=1",
      "colour=red",
    ]) {
      expect(statusAndCode(await api.call(`/v1/workspaces?${query}`, key.token)), query).toEqual([
        400,
        "invalid_request",
      ]);
    }
    expect(statusAndCode(await api.call("/v1/apps?application_id=x", key.token))).toEqual([
      400,
      "invalid_request",
    ]);
  });
});
