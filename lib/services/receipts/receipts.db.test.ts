import { compactVerify, createLocalJWKSet } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import { lease, testStreams } from "@/e2e/support/api/test-streams";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { receiptFacts } from "@/lib/schemas/audit/revocation-receipt";
import { keySelection } from "@/lib/schemas/bulk/bulk-keys";
import { removeMemberInput } from "@/lib/schemas/member";
import { changeKeys } from "@/lib/services/keys/bulk/change-keys";
import { previewKeyChanges } from "@/lib/services/keys/bulk/preview-key-changes";
import { deleteKey } from "@/lib/services/keys/delete-key";
import { removeMember } from "@/lib/services/members/remove-member";
import { rotateSigningKey } from "@/lib/services/tokens/rotate-signing-key";
import { startChangeFeed, stopChangeFeed } from "@/lib/verify/changes/change-feed";
import { readRevocationReceipt } from "./read-revocation-receipt";
import { revokeWithReceipt } from "./revoke-with-receipt";

const api = provideTestApi();
let organization: TestOrganization;
beforeAll(startChangeFeed);
afterAll(stopChangeFeed);
beforeEach(async () => {
  organization = await createTestOrganization("Receipts");
});

const as = (level: "OWNER" | "ADMIN" | "MEMBER") => organization.as(level);
const keySet = async () => createLocalJWKSet((await api.call("/.well-known/jwks.json")).json);
const rowOf = (keyId: string) => database().revocationReceipt.findFirst({ where: { keyId } });
/** Edits a receipt as somebody could who can also disable the triggers. */
const edit = (keyId: string, data: Prisma.RevocationReceiptUpdateManyMutationInput) =>
  database().$transaction(async (transaction) => {
    await transaction.$executeRaw`SET LOCAL session_replication_role = replica`;
    await transaction.revocationReceipt.updateMany({ where: { keyId }, data });
  });
const revoke = async (keyId: string) => {
  const { receipt } = value(await revokeWithReceipt(await as("OWNER"), { keyId }));
  if (receipt === null) throw new Error("no receipt");
  return receipt;
};

describe("a revocation's receipt", () => {
  test("[L1] names the node that acknowledged, and jose verifies it with the published keys", async () => {
    const { id } = await createTestKey(organization);
    const { receipt, facts } = await revoke(id);
    const { payload, protectedHeader } = await compactVerify(receipt, await keySet());
    expect(protectedHeader).toMatchObject({ alg: "ES256", typ: "revocation-receipt+jwt" });
    const claims = JSON.parse(Buffer.from(payload).toString());
    expect(claims).toEqual({ iss: expect.any(String), iat: expect.any(Number), ...facts });
    const key = await database().apiKey.findUniqueOrThrow({ where: { id } });
    expect(facts).toMatchObject({
      ...{ organization: organization.id, key_id: `key_${id}`, key_name: key.name, reason: "person" },
      ...{ revoked_at: key.revokedAt?.toISOString(), clients: [], clients_total: 0, nodes_total: 1 },
      nodes: [{ name: expect.stringContaining(`process ${process.pid}`), state: "acknowledged" }],
    });
    expect(Date.parse(facts.effective_at)).toBeGreaterThanOrEqual(Date.parse(facts.revoked_at));
  });

  test("[L1] names the clients that verify in process: one that acknowledged, one whose lease ran out, one without a lease", async () => {
    const verifier = await createTestKey(organization, { roles: ["key_verifier"], name: "Checker" });
    const { id } = await createTestKey(organization);
    const streams = testStreams(api.url);
    const [prompt, silent, fresh] = [0, 1, 2].map(() => streams.open(verifier.token));
    const opened = await Promise.all([prompt, silent, fresh]);
    for (const stream of opened) await stream?.line("loaded");
    const [prompted, silenced] = opened;
    if (prompted === undefined || silenced === undefined) throw new Error("no streams");
    await lease(prompted);
    await lease(silenced);
    const revoked = revoke(id);
    const { changed } = await prompted.line("changed");
    prompted.say({ acknowledged: Number(changed) });
    const { facts } = await revoked;
    streams.cut();
    expect(facts.clients?.map(({ state }) => state).sort()).toEqual([
      "acknowledged",
      "lease_ended",
      "no_lease",
    ]);
    const named = { key_id: `key_${verifier.id}`, key_name: "Checker", node: facts.nodes[0]?.id };
    for (const client of facts.clients ?? []) expect(client).toMatchObject(named);
    expect(facts.clients_total).toBe(3);
  });

  test("[L1] names a node whose lease has run out, and one that has a new lease since", async () => {
    const nodes = [
      { id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d21", name: "paused", leaseUntil: new Date(Date.now() - 5000) },
      { id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d22", name: "back", leaseUntil: new Date(Date.now() + 60_000) },
    ];
    const { id } = await createTestKey(organization);
    await database().node.createMany({ data: nodes.map((node) => ({ ...node, acknowledged: 0n })) });
    const { facts } = await revoke(id);
    await database().node.deleteMany({ where: { id: { in: nodes.map((node) => node.id) } } });
    const states = facts.nodes.map(({ name, state }) => [(name ?? "").split(",")[0], state]);
    expect(states).toContainEqual(["paused", "lease_ended"]);
    expect(states).toContainEqual(["back", "lease_renewed"]);
    const [first] = facts.nodes;
    expect(first?.lease_ended_at).toBe(nodes[0]?.leaseUntil.toISOString());
  });

  test("[L1] exists for every key of a bulk change, a deletion and a removed person", async () => {
    const keys = await Promise.all([0, 1, 2].map(() => createTestKey(organization)));
    const deleted = await createTestKey(organization);
    const left = await createTestKey(organization, { creator: "MEMBER", accessLevel: "MEMBER" });
    const owner = await as("OWNER");
    const change = { verb: "revoke" } as const;
    const selection = keySelection.parse({ own: false, ids: keys.map(({ id }) => id), address: "" });
    const preview = value(await previewKeyChanges(owner, { change, selection }));
    value(await changeKeys(owner, { change, keys: [...preview.keys] }));
    value(await deleteKey(owner, { keyId: deleted.id }));
    value(await removeMember(owner, removeMemberInput.parse({ userId: organization.userIds.MEMBER })));
    for (const { id } of [...keys, deleted, left]) {
      const { facts } = value(await readRevocationReceipt(owner, { keyId: id }));
      expect(facts.key_id).toBe(`key_${id}`);
      expect(facts.nodes.map(({ state }) => state)).toEqual(["acknowledged"]);
    }
  });

  test("[L1] is recorded by its first reader if the revoking process ended too early", async () => {
    const { id } = await createTestKey(organization);
    await revoke(id);
    const sealedAt = new Date(Date.now() - 3 * 3_600_000);
    await edit(id, { facts: null, mac: null, pepperVersion: null, sealedAt });
    const { facts } = value(await readRevocationReceipt(await as("OWNER"), { keyId: id }));
    expect(facts.nodes.map(({ state }) => state)).toEqual(["acknowledged"]);
    // It is no longer known whether there were clients.
    expect([facts.clients, facts.clients_total]).toEqual([null, null]);
    expect(facts.recorded).toBe("late");
    expect((await rowOf(id))?.facts).not.toBeNull();
  });

  test("[L1] stays the first one after a repeated revocation, and survives the key that signed it", async () => {
    const { id } = await createTestKey(organization);
    const first = await revoke(id);
    await rotateSigningKey("compromised", new Date());
    const second = await revoke(id);
    expect(second.facts).toEqual(first.facts);
    await compactVerify(second.receipt, await keySet());
  });

  test("[L1] is not signed after an edit in the database", async () => {
    const { id } = await createTestKey(organization);
    const other = await createTestKey(organization);
    await revoke(id);
    await revoke(other.id);
    const row = await rowOf(id);
    const facts = receiptFacts.parse(JSON.parse(row?.facts ?? ""));
    const edits = [
      { facts: JSON.stringify({ ...facts, revoked_at: "2026-01-01T00:00:00.000Z" }) },
      { facts: (await rowOf(other.id))?.facts ?? "", mac: (await rowOf(other.id))?.mac ?? null },
      { pepperVersion: 9 },
    ];
    for (const forged of edits) {
      await edit(id, forged);
      const read = await readRevocationReceipt(await as("OWNER"), { keyId: id });
      expect(read).toMatchObject({ ok: false, code: "conflict" });
      const { facts: text, mac, pepperVersion } = row ?? {};
      const before = { facts: text ?? null, mac: mac ?? null, pepperVersion: pepperVersion ?? null };
      await edit(id, before);
    }
    value(await readRevocationReceipt(await as("OWNER"), { keyId: id }));
    for (const data of [{ facts: null, mac: null, pepperVersion: null }, { change: 1n }]) {
      const write = database().revocationReceipt.updateMany({ where: { keyId: id }, data });
      await expect(write).rejects.toThrow(/never changed or removed/);
    }
  });

  test("[L1] names no machine and no client to a key that may not read the audit log", async () => {
    const { id } = await createTestKey(organization);
    const revoker = await createTestKey(organization, { roles: ["key_manager"] });
    const answer = await api.send("POST", `/v1/keys/key_${id}/revoke`, revoker.token, undefined);
    expect(answer.status).toBe(200);
    const { payload } = await compactVerify(answer.json.revocation_receipt, await keySet());
    const { nodes, nodes_acknowledged } = JSON.parse(Buffer.from(payload).toString());
    expect(nodes).toEqual([{ id: expect.any(String), state: "acknowledged", lease_ended_at: null }]);
    expect(nodes_acknowledged).toBe(1);
  });

  test("[L1] does not exist for a live key or another organization's", async () => {
    const { id } = await createTestKey(organization);
    const stranger = await createTestOrganization("Elsewhere");
    expect(await readRevocationReceipt(await as("OWNER"), { keyId: id })).toMatchObject({
      code: "not_found",
    });
    await revoke(id);
    const read = await readRevocationReceipt(await stranger.as("OWNER"), { keyId: id });
    expect(read).toMatchObject({ ok: false, code: "not_found" });
    expect(await readRevocationReceipt(await as("MEMBER"), { keyId: id })).toMatchObject({
      code: "not_found",
    });
  });
});
