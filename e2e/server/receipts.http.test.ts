import { setTimeout as sleep } from "node:timers/promises";
import { compactVerify, createLocalJWKSet } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import type { Installation } from "@/e2e/support/database/installation";
import { createInstallation, testDatabaseKind } from "@/e2e/support/database/installation";
import { ClusterNode } from "@/e2e/support/processes/node-cluster";
import { fullNode, verifyingNode } from "@/e2e/support/processes/server-process";
import { formatKeyId } from "@/lib/core/keys/key-id";

describe.runIf(testDatabaseKind() === "postgres")("[L1] the receipt of a revocation with two nodes", () => {
  let installation: Installation;
  let full: ClusterNode;
  let verifying: ClusterNode;
  let caller: { readonly token: string };
  let keys: readonly { readonly id: string }[];

  beforeAll(async () => {
    installation = await createInstallation();
    await installation.withDatabase(async () => {
      const organization = await createTestOrganization("Nodes");
      caller = await createTestKey(organization);
      keys = [await createTestKey(organization), await createTestKey(organization)];
    });
    full = await ClusterNode.start(installation.variables, fullNode);
    verifying = await ClusterNode.start(installation.variables, verifyingNode);
    for (const node of [full, verifying]) while (!(await holdsLease(node))) await sleep(20);
  });
  afterAll(async () => {
    for (const node of [full, verifying]) await node?.end();
    await installation?.remove();
  });

  const call = async (path: string, method = "GET") => {
    const response = await fetch(`${full.url}${path}`, {
      ...{ method, headers: { Authorization: `Bearer ${caller.token}` } },
    });
    expect(response.status).toBe(200);
    return response.json();
  };

  /** Revokes a key, and verifies its receipt with only the published keys. */
  async function revoke(key: { readonly id: string } | undefined) {
    const keyId = formatKeyId(key?.id ?? "");
    const { revocation_receipt: receipt } = await call(`/v1/keys/${keyId}/revoke`, "POST");
    const published = createLocalJWKSet(await call("/.well-known/jwks.json"));
    const { payload } = await compactVerify(receipt, published);
    const claims = JSON.parse(Buffer.from(payload).toString());
    const {
      signed_at: _,
      receipt: __,
      organization_id,
      ...kept
    } = await call(`/v1/keys/${keyId}/revocation-receipt`);
    expect(claims).toMatchObject({ ...kept, organization: organization_id });
    return claims;
  }

  const statesOf = (claims: { nodes: { name: string; state: string }[] }) =>
    new Map(claims.nodes.map(({ name, state }) => [Number(/process (\d+)$/.exec(name)?.[1]), state]));

  test("names both nodes if both acknowledge, and a paused one that does not", async () => {
    const pids = [full.pid, verifying.pid];
    const all = statesOf(await revoke(keys[0]));
    expect(pids.map((pid) => all.get(pid))).toEqual(["acknowledged", "acknowledged"]);
    verifying.pause();
    try {
      const claims = await revoke(keys[1]);
      const states = statesOf(claims);
      expect(pids.map((pid) => states.get(pid))).toEqual(["acknowledged", "lease_ended"]);
      const [first] = claims.nodes;
      expect(first).toMatchObject({ state: "lease_ended" });
      expect(Date.parse(first.lease_ended_at)).toBeLessThanOrEqual(Date.parse(claims.effective_at));
    } finally {
      verifying.resume();
    }
  });
});

async function holdsLease(node: ClusterNode): Promise<boolean> {
  const { lease } = (await (await fetch(`${node.url}/readyz`)).json()) as { lease?: string };
  return lease === "held";
}
