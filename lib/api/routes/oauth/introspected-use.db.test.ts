import { expect, test } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { database } from "@/lib/db/client";
import { flushUsage } from "@/lib/verify/usage/usage-recorder";

const api = provideTestApi();

async function demandsOf(keyId: string) {
  await flushUsage();
  const days = await database().apiKeyPermissionDay.findMany({ where: { keyId } });
  return days.map(({ permission, calls }) => [permission, Number(calls)]);
}

test("[L9] introspection counts as a use of keys:verify by the caller, and as no demand on the presented key", async () => {
  const organization = await createTestOrganization("Introspected");
  const service = await createTestKey(organization, { roles: ["key_verifier"] });
  const presented = await createTestKey(organization);
  const ask = (token: string, about: string) =>
    api.call("/v1/oauth/introspect", token, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ token: about }).toString(),
    });
  expect((await ask(service.token, presented.token)).json.active).toBe(true);
  expect(await demandsOf(service.id)).toEqual([["keys:verify", 1]]);
  expect(await demandsOf(presented.id)).toEqual([["*", 1]]);

  const member = await createTestKey(organization, { accessLevel: "MEMBER", roles: ["read_only"] });
  expect((await ask(member.token, member.token)).json.active).toBe(true);
  expect(await demandsOf(member.id), "asking about itself takes no permission").toEqual([]);
});

test("[L2] an introspected key was used from the address that its presenter has, not from the service's", async () => {
  const organization = await createTestOrganization("Introspected from");
  const service = await createTestKey(organization, { roles: ["key_verifier"] });
  const presented = await createTestKey(organization);
  const ask = (fields: Record<string, string>) =>
    api.call("/v1/oauth/introspect", service.token, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", "User-Agent": "billing/1.0" },
      body: new URLSearchParams({ token: presented.token, ...fields }).toString(),
    });
  expect((await ask({ ip: "203.0.113.77" })).json.active).toBe(true);
  await flushUsage();
  const callers = await database().apiKeyCallerHour.findMany({ where: { keyId: presented.id } });
  expect(callers.map(({ address, client }) => [address, client])).toEqual([["203.0.113.77", ""]]);
});
