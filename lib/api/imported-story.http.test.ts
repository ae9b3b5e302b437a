import { expect, test } from "vitest";
import { foreignToken, sha256Of } from "@/e2e/support/data/import-test-keys";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideServer } from "@/e2e/support/processes/provide-server";
import { createLatchkey } from "@/lib/client/create-latchkey";
import { database } from "@/lib/db/client";

let mover: TestKey;
const server = provideServer(async () => {
  const organization = await createTestOrganization("Moving in");
  await database().organization.update({ where: { id: organization.id }, data: { keyCreators: "ADMIN" } });
  mover = await createTestKey(organization, { accessLevel: "ADMIN", roles: ["full_access"] });
});

async function call(method: string, path: string, body?: object) {
  const response = await fetch(`${server.url}/v1${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${mover.token}`,
      ...(body && { "Content-Type": "application/json" }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  expect(response.ok).toBe(true);
  return { status: response.status, json: await response.json() };
}

test("[L13] [L14] a customer migrates: imports keys, reads their subjects, pauses, resumes, rolls and filters", async () => {
  const tokens = Array.from({ length: 5 }, foreignToken);
  const local = createLatchkey({ url: server.url, key: mover.token, mode: "local" });
  await local.ready();
  const verify = async (key: string) => {
    const { json } = await call("POST", "/keys/verify", { key });
    const { metadata_json, ...same } = (await local.verify(key)) as typeof json;
    expect(same).toEqual(json);
    return json;
  };
  for (const token of tokens) expect(await verify(token)).toEqual({ valid: false, code: "MALFORMED" });

  const keys = tokens.map((token, index) => ({
    ...{ sha256: sha256Of(token), name: `Key ${index}`, access_level: "MEMBER", roles: ["read_only"] },
    ...{ subject: `cus_${index % 2}`, metadata: { plan: "pro", seats: index } },
  }));
  const imported = await call("POST", "/keys/import", { keys });
  expect(imported.status).toBe(201);
  const ids: string[] = imported.json.data.map(({ id }: { id: string }) => id);
  for (const [index, token] of tokens.entries()) {
    expect(await verify(token)).toMatchObject({
      ...{ valid: true, key_id: ids[index], subject: `cus_${index % 2}` },
      metadata: { plan: "pro", seats: index },
    });
  }

  await call("POST", `/keys/${ids[0]}/pause`);
  expect(await verify(tokens[0] ?? "")).toMatchObject({ valid: false, code: "PAUSED" });
  await call("POST", `/keys/${ids[0]}/resume`);
  expect(await verify(tokens[0] ?? "")).toMatchObject({ valid: true });

  const rolled = await call("POST", `/keys/${ids[1]}/roll`, { grace_seconds: 3600 });
  expect(await verify(tokens[1] ?? "")).toMatchObject({ valid: true, secret: "previous" });
  expect(await verify(rolled.json.token)).toMatchObject({ valid: true, secret: "current", subject: "cus_1" });
  await call("POST", `/keys/${ids[1]}/end-grace`, {});
  expect(await verify(tokens[1] ?? "")).toMatchObject({ valid: false, code: "ROLLED" });

  const found = await call("GET", "/keys?subject=cus_0");
  expect(found.json.data.map(({ id }: { id: string }) => id).sort()).toEqual([ids[0], ids[2], ids[4]].sort());
  await local.close();
});
