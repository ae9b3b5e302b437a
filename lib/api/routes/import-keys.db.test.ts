import { createHash, randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { parseKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { buildToken, randomKeyId } from "@/lib/token/format";

const api = provideTestApi();
let acme: TestOrganization;
/** The key that imports the tokens, and verifies them. */
let mover: TestKey;
beforeAll(async () => {
  acme = await createTestOrganization("Moving");
  mover = await createTestKey(acme, { accessLevel: "ADMIN", roles: ["full_access"] });
  await database().organization.update({ where: { id: acme.id }, data: { keyCreators: "ADMIN" } });
});

const sha256 = (token: string) => createHash("sha256").update(token).digest("hex");
const foreign = () => `sess-${randomUUID()}`;
const item = (token: string, over: object = {}) => ({
  sha256: sha256(token),
  name: "Moved",
  access_level: "MEMBER",
  roles: ["read_only"],
  ...over,
});
const send = (keys: object[], by = mover, headers: Record<string, string> = {}) =>
  api.send("POST", "/v1/keys/import", by.token, { keys }, headers);
const verify = async (key: string, by = mover) => (await api.verify({ key }, by.token)).json;
const rowsOf = () => database().apiKey.count({ where: { organizationId: acme.id } });

describe("[L13] an import", () => {
  test("creates keys from foreign tokens, which verify with the given attributes", async () => {
    const tokens = Array.from({ length: 5 }, foreign);
    const keys = tokens.map((token, index) =>
      item(token, { subject: `cus_${index}`, metadata: { plan: "pro", index }, labels: { team: "a" } }),
    );
    const { status, json } = await send(keys);
    expect([status, json.data.length]).toEqual([201, 5]);
    for (const [index, token] of tokens.entries()) {
      const key = json.data[index];
      expect(key).toMatchObject({
        imported: true,
        subject: `cus_${index}`,
        type: "secret",
        status: "active",
      });
      expect(await verify(token)).toMatchObject({
        ...{ valid: true, code: "VALID", key_id: key.id, subject: `cus_${index}` },
        ...{ metadata: { plan: "pro", index }, secret: "current" },
      });
    }
    const batch = { keys: tokens.map((key) => ({ key })) };
    const verdicts = await api.send("POST", "/v1/keys/verify-batch", mover.token, batch);
    expect(verdicts.json.data.map(({ key_id }: { key_id: string }) => key_id)).toEqual(
      json.data.map(({ id }: { id: string }) => id),
    );
  });

  test("stores neither token nor SHA-256, and says who imported what", async () => {
    const token = foreign();
    const { json } = await send([item(token)]);
    const keyId = parseKeyId(json.data[0].id) ?? "";
    const secrets = await database().apiKeySecret.findMany({ where: { keyId }, select: { hash: true } });
    expect(secrets).toHaveLength(1);
    expect(Buffer.from(secrets[0]?.hash ?? []).toString("hex")).not.toBe(sha256(token));
    const entries = await database().auditEntry.findMany({ where: { organizationId: acme.id } });
    const own = entries.filter(({ targetId }) => targetId === keyId);
    expect(own.map(({ action, actorKeyId }) => [action, actorKeyId])).toEqual([["key.imported", mover.id]]);
    expect(JSON.stringify(entries)).not.toContain(sha256(token));
  });

  test("of 100 keys works, of 101 or none is refused", async () => {
    const many = Array.from({ length: 101 }, () => item(foreign()));
    expect((await send(many)).status).toBe(400);
    expect((await send([])).status).toBe(400);
    const { status, json } = await send(many.slice(1));
    expect([status, json.data.length]).toEqual([201, 100]);
  });

  test("with the longest attributes for each key is not too large", async () => {
    const metadata = { text: "x".repeat(2030) };
    const keys = Array.from({ length: 100 }, () =>
      item(foreign(), { metadata, description: "y".repeat(500), subject: "s".repeat(200) }),
    );
    expect((await send(keys)).status).toBe(201);
  });
});

describe("an import that is refused changes nothing and names each key at fault", () => {
  const refused = async (keys: object[], status: number, fields: string[], by = mover) => {
    const before = await rowsOf();
    const answer = await send(keys, by);
    expect([answer.status, answer.json.errors?.map(({ field }: { field: string }) => field)]).toEqual([
      status,
      fields,
    ]);
    expect(await rowsOf()).toBe(before);
    return answer.json;
  };

  test("with a hash that is none, twice the same, or of a token that was imported", async () => {
    const [one, two, three] = [foreign(), foreign(), foreign()];
    await refused([item(one), { ...item(two), sha256: two }], 400, ["keys.1.sha256"]);
    await refused([item(one), item(two), item(one)], 400, ["keys.2.sha256"]);
    await refused([item(one), item(one, { sha256: sha256(one).toUpperCase() })], 400, ["keys.1.sha256"]);
    await send([item(one), item(two)]);
    await refused([item(three), item(two), item(one)], 409, ["keys.1.sha256", "keys.2.sha256"]);
    expect(await verify(three)).toMatchObject({ valid: false, code: "UNKNOWN" });
  });

  test("with a role, level, expiry or namespace that the calling key may not give", async () => {
    const ok = item(foreign());
    await refused([ok, item(foreign(), { roles: ["no_such"] })], 400, ["keys.1.roles"]);
    await refused([ok, item(foreign(), { access_level: "ADMIN" })], 403, ["keys.1.access_level"]);
    const past = "2020-01-01T00:00:00Z";
    const two = [item(foreign(), { expires_at: past }), ok, item(foreign(), { access_level: "OWNER" })];
    await refused(two, 400, ["keys.0.expires_at", "keys.2.access_level"]);
    const elsewhere = { namespace: { type: "application", id: randomUUID() } };
    await refused([ok, item(foreign(), elsewhere)], 400, ["keys.1.namespace"]);
    const ending = await createTestKey(acme, {
      accessLevel: "ADMIN",
      roles: ["full_access"],
      expiresAt: new Date(Date.now() + 3_600_000),
    });
    await refused([ok], 400, ["keys.0.expires_at"], ending);
  });

  test("by a key that may not create keys, plainly", async () => {
    const weak = await createTestKey(acme, { accessLevel: "ADMIN", roles: ["key_verifier"] });
    const before = await rowsOf();
    const { status, json } = await send([item(foreign()), item(foreign())], weak);
    expect([status, json.code, json.errors]).toEqual([403, "forbidden", undefined]);
    expect(await rowsOf()).toBe(before);
  });

  test("where new keys need an expiry and one has none", async () => {
    const strict = await createTestOrganization("Strict");
    await database().organization.update({
      where: { id: strict.id },
      data: { keyCreators: "ADMIN", requireExpiry: true },
    });
    const by = await createTestKey(strict, { accessLevel: "ADMIN", roles: ["full_access"] });
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const keys = [item(foreign(), { expires_at: soon }), item(foreign())];
    await refused(keys, 400, ["keys.1.expires_at"], by);
  });
});

describe("an imported token", () => {
  test("sent again with the idempotency key is one import; ten simultaneous imports create one key", async () => {
    const token = foreign();
    const headers = { "Idempotency-Key": randomUUID() };
    const first = await send([item(token)], mover, headers);
    const again = await send([item(token)], mover, headers);
    expect([again.status, again.json.data[0].id]).toEqual([201, first.json.data[0].id]);

    const wanted = foreign();
    const answers = await Promise.all(Array.from({ length: 10 }, () => send([item(wanted)])));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
    expect(await verify(wanted)).toMatchObject({ valid: true });
  });

  test("[Y4] is a separate key in each organization: no conflict, no leak, no takeover", async () => {
    const other = await createTestOrganization("Other");
    await database().organization.update({ where: { id: other.id }, data: { keyCreators: "ADMIN" } });
    const theirs = await createTestKey(other, { accessLevel: "ADMIN", roles: ["full_access"] });
    const token = foreign();
    const mine = (await send([item(token)])).json.data[0].id;
    expect(await verify(token, theirs)).toEqual({ valid: false, code: "MALFORMED" });
    const { status, json } = await send([item(token)], theirs);
    expect(status).toBe(201);
    expect(json.data[0].id).not.toBe(mine);
    expect(await verify(token)).toMatchObject({ key_id: mine });
    expect(await verify(token, theirs)).toMatchObject({ key_id: json.data[0].id });
    await api.send("POST", `/v1/keys/${json.data[0].id}/revoke`, theirs.token);
    expect(await verify(token)).toMatchObject({ code: "VALID" });
    expect(await verify(token, theirs)).toMatchObject({ code: "REVOKED" });
  });

  test.each([
    ["", foreign()],
    [", even as a JWT", `eyJhbGciOiJIUzI1NiJ9.${"e30".repeat(9)}.${randomUUID()}`],
  ])("can be introspected by a service of its organization%s", async (_, token) => {
    const { id } = (await send([item(token, { subject: "cus_9" })])).json.data[0];
    const ask = async (by: TestKey) => {
      const form = new URLSearchParams({ token, client_id: `key_${by.id}`, client_secret: by.token });
      return (await fetch(`${api.url}/v1/oauth/introspect`, { method: "POST", body: form })).json();
    };
    expect(await ask(mover)).toMatchObject({ active: true, client_id: id });
    expect(await ask(await createTestKey(await createTestOrganization("Curious")))).toEqual({
      active: false,
    });
    expect(await verify(token)).toMatchObject({ valid: true, key_id: id });
  });

  test("does not authenticate calls to this API, nor get access tokens", async () => {
    const token = foreign();
    const { id } = (await send([item(token)])).json.data[0];
    expect(await api.call("/v1/me", token)).toMatchObject({ status: 401, json: { code: "key_malformed" } });
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: id,
      client_secret: token,
    });
    const answer = await fetch(`${api.url}/v1/oauth/token`, { method: "POST", body: form });
    expect([answer.status, (await answer.json()).error]).toEqual([401, "invalid_client"]);
  });

  test("with our form is never looked up by its hash", async () => {
    const target = await createTestKey(acme);
    for (const token of [
      buildToken("secret", randomKeyId()),
      buildToken("secret", target.id),
      "lk_anything",
    ]) {
      expect((await send([item(token)])).status).toBe(201);
      expect((await verify(token)).code).toBe(token === "lk_anything" ? "MALFORMED" : "UNKNOWN");
    }
    expect(await verify(target.token)).toMatchObject({ valid: true });
  });

  test.each([
    ["a", true],
    ["~".repeat(1024), true],
    ["x".repeat(1025), false],
    ["with space", false],
    ["schlüssel-é", false],
    ["line\nbreak", false],
  ])("%j: 1 to 1024 printable characters", async (part, isToken) => {
    const token = part.length < 3 ? `${part}${randomUUID()}` : part;
    await send([item(token)]);
    expect((await verify(token)).code).toBe(isToken ? "VALID" : "MALFORMED");
  });
});
