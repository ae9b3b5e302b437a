import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { generateApi } from "swagger-typescript-api";
import { beforeAll, expect, test } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { temporaryDirectory } from "@/e2e/support/database/installation";

const api = provideTestApi();
let file: string;
beforeAll(async () => {
  const spec = (await api.call("/v1/openapi.json")).json;
  const output = temporaryDirectory("client");
  // Somebody else's generator: what it makes of the description is what a developer would get.
  await generateApi({ fileName: "client.ts", output, spec, httpClientType: "fetch", silent: true });
  file = join(output, "client.ts");
});

test("[B9] a client made of the description by a public generator compiles under strict rules", () => {
  const compiler = resolve("node_modules/@typescript/native/bin/tsc");
  const rules = "--ignoreConfig --noEmit --strict --target es2022 --module nodenext --skipLibCheck --types";
  expect(execFileSync(process.execPath, [compiler, ...rules.split(" "), "", file]).toString()).toBe("");
});

test("[B9] [P1] with it a developer with just a key manages the whole life of another key", async () => {
  const organization = await createTestOrganization("Client");
  const { token } = await createTestKey(organization, { accessLevel: "OWNER" });
  const { Api } = await import(pathToFileURL(file).href);
  const headers = { Authorization: `Bearer ${token}` };
  const { v1 } = new Api({ baseUrl: api.url, baseApiParams: { headers } });
  const verify = async (key: string) => (await v1.verifyKey({ key })).data;

  const me = (await v1.readMe()).data;
  expect(me.permissions).toContain("keys:create");
  const created = (
    await v1.createKey({
      name: "Made by a client",
      access_level: "ADMIN",
      roles: ["read_only"],
      expires_at: null,
    })
  ).data;
  expect(await verify(created.token)).toMatchObject({ valid: true, key_id: created.id });
  const listed = (await v1.listKeys({ search: "Made by a client" })).data;
  expect(listed.data.map(({ id }: { id: string }) => id)).toEqual([created.id]);
  const renamed = (await v1.updateKey(created.id, { name: "Renamed" })).data;
  expect(renamed).toMatchObject({ id: created.id, name: "Renamed" });

  const rolled = (await v1.rollKey(created.id, { grace_seconds: 3600 })).data;
  expect(await verify(created.token)).toMatchObject({ valid: true, secret: "previous" });
  expect(await verify(rolled.token)).toMatchObject({ valid: true, secret: "current" });
  await v1.revokeKey(created.id);
  expect(await verify(rolled.token)).toMatchObject({ valid: false, code: "REVOKED" });
  await v1.deleteKey(created.id);
  const gone = await v1.readKey(created.id).catch((refusal: unknown) => refusal);
  expect(gone).toMatchObject({ status: 404, error: { code: "not_found" } });
});
