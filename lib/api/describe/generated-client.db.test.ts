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

test("[B9] [P9] with it a program runs an organization: roles, people, access and settings", async () => {
  const organization = await createTestOrganization("Program");
  const { token } = await createTestKey(organization, { accessLevel: "OWNER" });
  const { Api } = await import(pathToFileURL(file).href);
  const headers = { Authorization: `Bearer ${token}` };
  const { v1 } = new Api({ baseUrl: api.url, baseApiParams: { headers } });
  const permissions = ["invoices:read"];

  await v1.createRole({ id: "clerk", title: "Clerk", permissions });
  await v1.createKey({ name: "Clerk", access_level: "MEMBER", roles: ["clerk"], expires_at: null });
  const change = { permissions: [...permissions, "invoices:write"] };
  expect((await v1.previewRole("clerk", change)).data).toMatchObject({ live_keys: 1, changed_keys: 1 });
  expect((await v1.updateRole("clerk", change)).data).toMatchObject({ keys: 1, ...change });
  expect((await v1.listRoles({ built_in: false })).data.data).toHaveLength(1);

  const invited = (await v1.createInvitation({ email: "ines@example.com", access_level: "MEMBER" })).data;
  expect((await v1.listInvitations()).data.data).toMatchObject([{ id: invited.id }]);
  await v1.deleteInvitation(invited.id);
  const { user } = (await v1.createUser({ email: "rui@example.com", name: "Rui", access_level: "MEMBER" }))
    .data;

  const shop = (await v1.createApp({ name: "Shop" })).data;
  const grant = { user_id: user.id, access_level: "MEMBER" };
  expect((await v1.createAppGrant(shop.id, grant)).data).toMatchObject({ user: { name: "Rui" } });
  await v1.updateAppGrant(shop.id, user.id, { access_level: "ADMIN" });
  expect((await v1.listAppGrants(shop.id)).data.data).toHaveLength(2);
  expect((await v1.readAppDeletion(shop.id)).data).toMatchObject({ keys: 0, people: 2 });
  await v1.deleteAppGrant(shop.id, user.id);

  expect((await v1.listAffectedKeysOfUser(user.id)).data).toMatchObject({ total: 0, elsewhere: 0 });
  await v1.removeUser(user.id, { transfers: [] });
  const settings = { key_creators: "ADMIN" };
  expect((await v1.updateOrganization(organization.id, settings)).data).toMatchObject(settings);
});
