import { beforeAll } from "vitest";
import type { NewKey } from "@/lib/services/keys/insert-key";
import { provideTestApi } from "../api/test-api";
import { createTestKey } from "../data/test-key";
import type { TestOrganization } from "../data/test-organization";
import { createTestOrganization } from "../data/test-organization";

/** Provides the tests of a file with two organizations, and a gateway that asks about the keys of the first. */
export function provideGateway() {
  const api = provideTestApi(undefined, ["127.0.0.0/8"]);
  const tenants = {} as { acme: TestOrganization; other: TestOrganization };
  beforeAll(async () => {
    tenants.acme = await createTestOrganization("Acme");
    tenants.other = await createTestOrganization("Other");
  });
  return {
    api,
    tenants,
    key: (over: Partial<NewKey> = {}) => createTestKey(tenants.acme, { roles: ["auditor"], ...over }),
    /** Asks as a gateway does, and checks the response against the API's description. */
    ask: (
      token: string | undefined,
      demand = "-/-",
      headers: Record<string, string> = {},
      way = "forward-auth",
    ) => api.call(`/v1/${way}/${tenants.acme.slug}/${demand}`, token, { headers }),
  };
}
