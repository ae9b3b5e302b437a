import { compactVerify, createLocalJWKSet } from "jose";
import { beforeEach, describe, expect, test } from "vitest";
import { provideTestApi, statusAndCode } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { database } from "@/lib/db/client";
import { openCheckpoint } from "@/lib/services/audit/open-checkpoint";
import { checkAuditChain } from "@/lib/services/audit/verify-audit-chains";
import { rotateSigningKey } from "@/lib/services/tokens/rotate-signing-key";

const api = provideTestApi();
let organization: TestOrganization;
let key: TestKey;
beforeEach(async () => {
  organization = await createTestOrganization("Checked");
  key = await createTestKey(organization);
});

const read = async () => (await api.call("/v1/audit-checkpoint", key.token)).json;
const keySet = async () => createLocalJWKSet((await api.call("/.well-known/jwks.json")).json);

describe("the audit log's checkpoint", () => {
  test("[L7] is the head of the chain, and verified by jose with the published keys", async () => {
    const head = await database().auditHead.findUniqueOrThrow({ where: { organizationId: organization.id } });
    const hash = Buffer.from(head.hash).toString("hex");
    const json = await read();
    expect(json).toMatchObject({ organization_id: organization.id, sequence: head.sequence, hash });
    const { payload, protectedHeader } = await compactVerify(json.checkpoint, await keySet());
    expect(protectedHeader).toMatchObject({ alg: "ES256", typ: "audit-checkpoint+jwt" });
    const claims = JSON.parse(Buffer.from(payload).toString());
    const { id } = organization;
    expect(claims).toMatchObject({
      organization: id,
      sequence: head.sequence,
      hash,
      iss: expect.any(String),
    });
    expect(new Date(claims.iat * 1000).toISOString()).toBe(json.at);
  });

  test("[L7] can be verified again, even after its key is gone, but not when it was changed", async () => {
    const { checkpoint, sequence } = await read();
    const opened = await openCheckpoint(checkpoint);
    expect(opened).toMatchObject({ isSignatureChecked: true, position: { sequence } });
    const check = await checkAuditChain(organization, opened === null ? [] : [opened.position]);
    expect(check.faults).toEqual([]);
    const [header, payload, signature] = checkpoint.split(".");
    const claims = { ...JSON.parse(Buffer.from(payload, "base64url").toString()), sequence: 1 };
    const forged = [header, Buffer.from(JSON.stringify(claims)).toString("base64url"), signature].join(".");
    for (const text of [forged, "", "a.b.c", `${checkpoint}x`, key.token]) {
      expect(await openCheckpoint(text), text).toBeNull();
    }
    await rotateSigningKey("compromised", new Date());
    expect(await openCheckpoint(checkpoint)).toMatchObject({ isSignatureChecked: false });
  });

  test("[L7] is not an access token", async () => {
    const { checkpoint } = await read();
    expect(statusAndCode(await api.call("/v1/me", checkpoint))[0]).toBe(401);
  });
});
