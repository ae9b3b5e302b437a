import type { Socket } from "node:net";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { basicOf, postForm } from "@/e2e/support/api/oauth-client";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { endGrace } from "@/lib/services/keys/end-grace";
import { pauseKey } from "@/lib/services/keys/pause-key";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { rollKey } from "@/lib/services/keys/roll-key";
import { updateKey } from "@/lib/services/keys/update-key";
import { changeAccessLevel } from "@/lib/services/members/change-access-level";
import { removeMember } from "@/lib/services/members/remove-member";
import { withinShare } from "../admit/organization-share";
import { rateLimits } from "../admit/rate-limits";

// Requests that were admitted, and whose credential ended before they were complete or had their turn.

const api = provideTestApi();
let organization: TestOrganization;
let key: TestKey;
let other: TestKey;
beforeEach(async () => {
  organization = await createTestOrganization("Held");
  key = await createTestKey(organization);
  other = await createTestKey(organization, { accessLevel: "MEMBER", roles: ["read_only"] });
  const { id: organizationId } = organization;
  const role = { roleId: "own", title: "Own", description: "", permissions: ["keys:read"] };
  await database().role.create({ data: { ...role, organizationId, createdAt: new Date() } });
});

const owner = () => organization.as("OWNER");
const roll = async (over: object) => value(await rollKey(await owner(), { keyId: key.id, ...over }));

/** How often the key was counted: once for each request that was admitted. */
const counted = vi.spyOn(rateLimits.key, "take");
const admitted = () => counted.mock.calls.filter(([keyId]) => keyId === key.id).length;

/** Sends a request, and waits until its credential was found good. @returns sends the rest and reads the answer */
async function hold(method: string, path: string, token: string, body?: object) {
  const socket: Socket = await api.connect();
  const text = body === undefined ? "" : JSON.stringify(body);
  const before = admitted();
  const content = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n`;
  const head = [`${method} ${path} HTTP/1.1`, "Host: localhost", "Connection: close"];
  socket.write(
    `${head.join("\r\n")}\r\nAuthorization: Bearer ${token}\r\n${body === undefined ? "" : content}\r\n`,
  );
  await vi.waitFor(() => expect(admitted()).toBeGreaterThan(before), { timeout: 8_000 });
  return async () => {
    let answer = "";
    socket.setEncoding("utf8").on("data", (chunk) => {
      answer += chunk;
    });
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.write(text);
    await closed;
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
    return [status, /"code":\s*"([a-z_]+)"/.exec(answer)?.[1]];
  };
}

/** Every part of the database that a change of these tests would show in. */
async function state() {
  const where = { organizationId: organization.id };
  const [keys, secrets, roles, members] = await Promise.all([
    database().apiKey.findMany({ where, orderBy: { id: "asc" }, omit: { lastUsedAt: true } }),
    database().apiKeySecret.findMany({ where, orderBy: { id: "asc" } }),
    database().role.findMany({ where, orderBy: { roleId: "asc" } }),
    database().member.findMany({ where, orderBy: { userId: "asc" } }),
  ]);
  const entries = await database().auditEntry.count({ where });
  return { keys, secrets, roles, members, entries };
}

const changes = {
  "rolls its key": () => [
    "POST",
    `/v1/keys/${formatKeyId(key.id)}/roll`,
    { supersede: true, grace_seconds: 0 },
  ],
  "ends a grace": () => ["POST", `/v1/keys/${formatKeyId(key.id)}/end-grace`, {}],
  "creates a key": () => ["POST", "/v1/keys", { name: "N", access_level: "MEMBER", roles: ["read_only"] }],
  "revokes a key": () => ["POST", `/v1/keys/${formatKeyId(other.id)}/revoke`, {}],
  "pauses a key": () => ["POST", `/v1/keys/${formatKeyId(other.id)}/pause`, {}],
  "resumes a key": () => ["POST", `/v1/keys/${formatKeyId(other.id)}/resume`, {}],
  "makes a role": () => ["POST", "/v1/roles", { id: "held", title: "Held", permissions: ["keys:read"] }],
  "changes a user": () => [
    "PATCH",
    `/v1/users/${organization.userIds.MEMBER}`,
    { access_level: "ADMIN", transfers: [] },
  ],
  "previews a role": () => ["POST", "/v1/roles/own/preview", { permissions: ["keys:read"] }],
} satisfies Record<string, () => [string, string, object]>;
const named = Object.keys(changes) as (keyof typeof changes)[];

/** Holds a request open until its credential has ended, then completes it. */
async function completeAfter(end: () => Promise<unknown>, token: string, change: keyof typeof changes) {
  const [method, path, body] = changes[change]() as [string, string, object];
  const complete = await hold(method, path, token, body);
  await end();
  const before = await state();
  const answer = await complete();
  expect(await state()).toEqual(before);
  return answer;
}

describe("a request whose body arrives after", () => {
  test.each(named)("its secret was rolled %s no more", async (change) => {
    const answer = await completeAfter(() => roll({ graceSeconds: 0 }), key.token, change);
    expect(answer).toEqual([401, "key_rolled"]);
  });

  const endings: Record<string, [() => Promise<unknown>, number, string]> = {
    "its grace was ended": [
      async () => {
        await roll({ graceSeconds: 3600 });
        value(await endGrace(await owner(), { keyId: key.id }));
      },
      401,
      "key_rolled",
    ],
    "its secret was superseded": [
      async () => {
        const { version } = await roll({ graceSeconds: 3600 });
        await roll({ version, supersede: true });
      },
      401,
      "key_rolled",
    ],
    "its key was revoked": [
      async () => value(await revokeKey(await owner(), { keyId: key.id })),
      401,
      "key_revoked",
    ],
    "its key was paused": [
      async () => value(await pauseKey(await owner(), { keyId: key.id })),
      401,
      "key_paused",
    ],
    "its key was bound to other addresses": [
      async () =>
        value(await updateKey(await owner(), { keyId: key.id, allowedAddresses: ["192.0.2.0/24"] })),
      403,
      "forbidden",
    ],
  };
  test.each(Object.keys(endings))("%s is refused", async (ending) => {
    const [end, status, code] = endings[ending] ?? [async () => undefined, 0, ""];
    expect(await completeAfter(end, key.token, "rolls its key")).toEqual([status, code]);
  });
});

describe("a request with an access token whose body arrives after", () => {
  const tokens = async (form: Record<string, string> = {}) => {
    const asked = { grant_type: "client_credentials", ...form };
    const { json } = await postForm(api, "token", asked, basicOf(key));
    return { access: json.access_token as string, refresh: json.refresh_token as string };
  };
  const revoke = (token: string) => postForm(api, "revoke", { token }, basicOf(key));

  test.each(["revokes a key", "makes a role", "changes a user"] as const)(
    "it, its family or its secret ended %s no more",
    async (change) => {
      const [alone, family] = [await tokens(), await tokens()];
      const refused = [401, "key_revoked"];
      expect(await completeAfter(() => revoke(alone.access), alone.access, change)).toEqual(refused);
      expect(await completeAfter(() => revoke(family.refresh), family.access, change)).toEqual(refused);
      const last = await tokens();
      expect(await completeAfter(() => roll({ graceSeconds: 0 }), last.access, change)).toEqual([
        401,
        "key_rolled",
      ]);
    },
  );

  test("the person it acts for was demoted or removed changes nothing", async () => {
    key = await createTestKey(organization, { accessLevel: "MEMBER" });
    const userId = organization.userIds.ADMIN;
    const change = { userId, transfers: [] };
    const { access } = await tokens({ user: userId });
    const removed = await completeAfter(
      async () => value(await removeMember(await owner(), change)),
      access,
      "revokes a key",
    );
    expect(removed).toEqual([401, "key_revoked"]);

    key = await createTestKey(organization, { accessLevel: "OWNER" });
    const second = (await owner()).actor.userId;
    const member = organization.userIds.MEMBER;
    value(await changeAccessLevel(await owner(), { userId: member, accessLevel: "OWNER", transfers: [] }));
    expect(second).not.toBe(member);
    const acting = await tokens({ user: member });
    const demoted = await completeAfter(
      async () =>
        value(
          await changeAccessLevel(await owner(), { userId: member, accessLevel: "MEMBER", transfers: [] }),
        ),
      acting.access,
      "makes a role",
    );
    expect(demoted).toEqual([403, "forbidden"]);
  });
});

describe("a request that waits for its organization's share", () => {
  /** Takes the whole share. @returns gives it back */
  function takeShare() {
    let giveBack = () => {};
    const held = new Promise<void>((resolve) => {
      giveBack = resolve;
    });
    for (let taken = 0; taken < 10; taken++) void withinShare(organization.id, () => held);
    return giveBack;
  }

  test("reads nothing once its key has ended, and judges no keys", async () => {
    const giveBack = takeShare();
    const presented = { keys: [{ key: other.token }] };
    const complete = [
      await hold("GET", "/v1/keys", key.token),
      await hold("POST", "/v1/roles/own/preview", key.token, { permissions: ["keys:read"] }),
    ];
    const batch = api.send("POST", "/v1/keys/verify-batch", key.token, presented);
    await vi.waitFor(() => expect(admitted()).toBeGreaterThanOrEqual(3));
    value(await revokeKey(await owner(), { keyId: key.id }));
    const answers = complete.map((send) => send());
    giveBack();
    for (const answer of await Promise.all(answers)) expect(answer).toEqual([401, "key_revoked"]);
    expect((await batch).json).toMatchObject({ code: "key_revoked" });
  });

  test("judges presented keys as of its turn", async () => {
    const ending = await createTestKey(organization, { expiresAt: new Date(Date.now() + 1_500) });
    const giveBack = takeShare();
    const before = admitted();
    const batch = api.send("POST", "/v1/keys/verify-batch", key.token, { keys: [{ key: ending.token }] });
    await vi.waitFor(() => expect(admitted()).toBeGreaterThan(before));
    vi.setSystemTime(Date.now() + 60_000);
    giveBack();
    expect((await batch).json.data).toMatchObject([{ code: "EXPIRED" }]);
    vi.useRealTimers();
  });
});
