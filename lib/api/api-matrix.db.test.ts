import { beforeAll, expect, test } from "vitest";
import { changedTables, databaseState } from "@/e2e/permission-matrix/database-state";
import type { Member } from "@/e2e/permission-matrix/matrix-world";
import { MatrixWorld } from "@/e2e/permission-matrix/matrix-world";
import type { PlaceName } from "@/e2e/permission-matrix/places";
import { newPlace } from "@/e2e/permission-matrix/places";
import { readMatrix } from "@/e2e/permission-matrix/read-matrix";
import { provideTestApi } from "@/e2e/support/api/test-api";
import { createTestKey, pauseTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import type { NewKey } from "@/lib/services/keys/insert-key";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { removeMember } from "@/lib/services/members/remove-member";
import { readKeySet } from "@/lib/services/tokens/read-key-set";
import { buildToken, randomKeyId } from "@/lib/token/format";

const api = provideTestApi();
let world: MatrixWorld;
let ourKey: string;
let foreignKey: string;
let revokedKeyId: string;
beforeAll(async () => {
  world = await MatrixWorld.create(await createTestOrganization("Elsewhere"));
  ourKey = (await createTestKey(world.organization)).token;
  foreignKey = (await createTestKey(world.elsewhere)).token;
  revokedKeyId = (await createTestKey(world.organization)).id;
  value(await revokeKey(await world.organization.as("OWNER"), { keyId: revokedKeyId }));
  // Creates the signing key, which the first signature would otherwise create.
  await readKeySet(new Date());
});

const places: Record<string, PlaceName> = {
  application: "an application",
  workspace: "a workspace",
  usergroup: "an application's user group",
};

type NewKeys = (over: Partial<NewKey>) => Promise<{ id: string; token: string }>;
type Credential = (newKey: NewKeys, creator: Member) => Promise<string | undefined>;

const ofLevel =
  (over: Partial<NewKey>): Credential =>
  async (newKey) =>
    (await newKey(over)).token;
const past = new Date("2026-01-02");

/** The columns: the credential to present, created anew for each cell. */
const credentials: Record<string, Credential> = {
  none: async () => undefined,
  malformed: async () => "lk_sk_short",
  unknown: async () => buildToken("secret", randomKeyId()),
  public: ofLevel({ type: "public", accessLevel: "MEMBER" }),
  MEMBER: ofLevel({ accessLevel: "MEMBER" }),
  ADMIN: ofLevel({ accessLevel: "ADMIN" }),
  OWNER: ofLevel({}),
  "no roles": ofLevel({ roles: [] }),
  lowered: async (newKey, { userId }) => {
    const { token } = await newKey({});
    await database().member.updateMany({ where: { userId }, data: { accessLevel: "MEMBER" } });
    await database().grant.updateMany({ where: { userId }, data: { accessLevel: "MEMBER" } });
    return token;
  },
  removed: async (newKey, { userId }) => {
    const { token } = await newKey({});
    value(await removeMember(await world.organization.as("OWNER"), { userId, transfers: [] }));
    return token;
  },
  expired: ofLevel({ expiresAt: past }),
  revoked: async (newKey) => {
    const { id, token } = await newKey({});
    const data = { revokedAt: past, revocationReason: "person", liveCreatorId: null } as const;
    await database().apiKey.update({ where: { id }, data });
    return token;
  },
  paused: async (newKey) => {
    const { id, token } = await newKey({});
    await pauseTestKey(id);
    return token;
  },
  rolled: async (newKey) => {
    const { id, token } = await newKey({});
    await database().apiKeySecret.updateMany({ where: { keyId: id }, data: { endsAt: past } });
    return token;
  },
};

/** The key of a new owner in a new namespace of this kind, where they are an owner too. */
async function present(credential: Credential, place: string): Promise<string | undefined> {
  const creator = await world.member("OWNER");
  const name = places[place];
  const grant = { level: "OWNER", place: "there" } as const;
  const namespace =
    name === undefined
      ? ({ type: "organization", id: world.organization.id } as const)
      : await newPlace(world, { ...creator, grant }, name);
  const { type, id } = namespace;
  return credential(
    (over) =>
      createTestKey(world.organization, { creatorId: creator.userId, namespace: { type, id }, ...over }),
    creator,
  );
}

const rows = readMatrix("The API");

for (const { verb, doneTo, cells } of rows) {
  test(`[P1, P3, J3, Y9] ${verb}: ${doneTo}`, async () => {
    const [method = "", path = ""] = verb.split(" ");
    const [place = "", about] = doneTo.split(", ");
    const { slug } = about === "elsewhere" ? world.elsewhere : world.organization;
    const asked = path
      .replace(":organization/:permissions/:namespace", `${slug}/audit:read/-`)
      .replace(":id", formatKeyId(revokedKeyId));
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify({ key: about === "a foreign key" ? foreignKey : ourKey });
    const sent = method === "POST" ? { method, headers, body } : { method };
    const actual: Record<string, string> = {};
    for (const [column, credential] of Object.entries(credentials)) {
      const token = await present(credential, place);
      const before = await databaseState();
      const { status, json } = await api.call(asked, token, sent);
      const outcome = status === 200 && json?.valid === undefined ? "ok" : json.code.toLowerCase();
      const changed = changedTables(before, await databaseState());
      actual[column] =
        outcome.replaceAll("_", " ") + (changed.length > 0 ? `, but changed ${changed.join(", ")}` : "");
    }
    expect(actual).toEqual(Object.fromEntries(cells));
  });
}
