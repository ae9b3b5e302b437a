import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { labelName, labelValueMaximum, maximumLabels } from "@/lib/core/keys/attributes/key-labels";
import { subjectMaximum } from "@/lib/core/keys/attributes/key-subject";
import { metadataMaximumBytes } from "@/lib/core/keys/key-metadata";
import { database } from "@/lib/db/client";

// Makes the calls of docs/keys.md one after the other, as a reader would.

const page = readFileSync("docs/keys.md", "utf8");
const call =
  /curl -s (?:-X (\w+) )?"\$LATCHKEY_URL([^"]+)" \\\n {2}-H "Authorization: Bearer \$LATCHKEY_TOKEN"([^\n]*)(?:\n {2}-d '([^`]*)')?\n/g;
const calls = [...page.matchAll(call)].map(([, method, path = "", , body]) => ({
  method: method ?? (body === undefined ? "GET" : "POST"),
  path,
  body,
}));

const api = provideTestApi();
let organization: TestOrganization;
let token: string;
beforeAll(async () => {
  organization = await createTestOrganization("How to");
  ({ token } = await createTestKey(organization, { accessLevel: "OWNER" }));
});

/** Makes the next call of the page, with these shell variables. */
async function next(expected: string, variables: Readonly<Record<string, string>> = {}) {
  const { method, path, body } = calls.shift() ?? {};
  expect(`${method} ${path}`).toBe(expected);
  const filled = body?.replace(/'"\$(\w+)"'/g, (_, name) => variables[name] ?? "");
  const address = path?.replace(/\$(\w+)/g, (_, name) => variables[name] ?? "") ?? "";
  const headers = { "Content-Type": "application/json" };
  return filled === undefined
    ? await api.call(address, token, { method: method ?? "" })
    : await api.call(address, token, { method: method ?? "", headers, body: filled });
}

test("[L13, L14, L15] every example of docs/keys.md does what the page says", async () => {
  expect(page.match(/^curl /gm)).toHaveLength(calls.length);
  const verdict = async (key: string) => (await api.verify({ key }, token)).json;
  const ORGANIZATION_ID = (await api.call("/v1/me", token)).json.organization_id;

  const { status, json: made } = await next("POST /v1/keys");
  expect(status).toBe(201);
  const metadata = { plan: "pro", seats: 25 };
  const verified = await next("POST /v1/keys/verify", { TOKEN: made.token });
  expect(verified.json).toMatchObject({ code: "VALID", subject: "cus_8213", metadata });
  expect(verified.json).not.toHaveProperty("labels");
  const found = await next("GET /v1/keys?subject=cus_8213&label=team=billing");
  expect(found.json.data.map(({ id }: { id: string }) => id)).toEqual([made.id]);
  const ids = { KEY_ID: made.id, ORGANIZATION_ID };
  expect((await next("PATCH /v1/keys/$KEY_ID", ids)).json).toMatchObject({
    subject: "cus_8213",
    metadata: { plan: "team", seats: 100 },
    labels: { team: "billing", region: "eu" },
  });

  expect((await next("POST /v1/keys/$KEY_ID/pause", ids)).status).toBe(200);
  expect(await verdict(made.token)).toMatchObject({ code: "PAUSED" });
  expect((await next("POST /v1/keys/$KEY_ID/resume", ids)).status).toBe(200);
  expect(await verdict(made.token)).toMatchObject({ code: "VALID" });

  const EXPIRES_AT = new Date(Date.now() + 30 * 86_400_000).toISOString();
  const trial = await next("POST /v1/keys", { EXPIRES_AT });
  expect([trial.status, trial.json.expires_at]).toEqual([201, EXPIRES_AT]);
  const policy = await next("PATCH /v1/organizations/$ORGANIZATION_ID", ids);
  expect(policy.json).toMatchObject({ require_expiry: true, maximum_lifetime_days: 365 });
  const endless = { name: "Endless", access_level: "MEMBER", roles: [] };
  expect((await api.send("POST", "/v1/keys", token, endless)).status).toBe(400);
  // The key that set the maximum cannot extend it again.
  const longer = { maximum_lifetime_days: null };
  const address = `/v1/organizations/${ORGANIZATION_ID}`;
  expect((await api.send("PATCH", address, token, longer)).status).toBe(403);

  const prefixed = await next("PATCH /v1/organizations/$ORGANIZATION_ID", ids);
  expect(prefixed.json).toMatchObject({ token_prefix: "acme" });
  // Under a maximum it cannot roll a key that ends later than itself.
  const later = await api.send("POST", `/v1/keys/${made.id}/roll`, token, {});
  expect(later.status).toBe(400);
  expect(await verdict(made.token)).toMatchObject({ code: "VALID", secret: "current" });
  const rolled = await api.send("POST", `/v1/keys/${trial.json.id}/roll`, token, {});
  expect(rolled.json.token).toMatch(/^acme_sk_/);
  expect(await verdict(trial.json.token)).toMatchObject({ code: "VALID", secret: "previous" });

  await database().organization.update({ where: { id: organization.id }, data: { requireExpiry: false } });
  const customers = "sess-0123456789abcdef0123456789abcdef";
  const HASH = createHash("sha256").update(customers).digest("hex");
  expect((await next("POST /v1/keys/import", { HASH })).status).toBe(201);
  const imported = { code: "VALID", subject: "cus_123", metadata: { plan: "pro" } };
  expect(await verdict(customers)).toMatchObject(imported);
  expect(calls).toEqual([]);
});

test("docs/keys.md names the limits that apply", () => {
  for (const limit of [
    `${subjectMaximum} characters;`,
    `${metadataMaximumBytes} bytes`,
    `${maximumLabels} labels`,
    `\`${labelName.source.slice(1, -1)}\``,
    `at most ${labelValueMaximum} characters`,
  ]) {
    expect(page).toContain(limit);
  }
});
