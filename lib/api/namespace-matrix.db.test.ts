import { createHash, randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { changedTables, databaseState } from "@/e2e/permission-matrix/database-state";
import type { KeyName, NamespaceWorld } from "@/e2e/permission-matrix/namespace-world";
import { createNamespaceWorld, keyNames } from "@/e2e/permission-matrix/namespace-world";
import { readMatrix } from "@/e2e/permission-matrix/read-matrix";
import type { Reply } from "@/e2e/support/api/test-api";
import { provideTestApi } from "@/e2e/support/api/test-api";
import { startGrace } from "@/e2e/support/data/start-grace";
import { pauseTestKey } from "@/e2e/support/data/test-key";
import { parseKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { verifyAuditChains } from "@/lib/services/audit/verify-audit-chains";

const api = provideTestApi();
let world: NamespaceWorld;
beforeAll(async () => {
  world = await createNamespaceWorld();
});

const json = { "Content-Type": "application/json", "X-Request-Id": "the-same" };

function ask(verb: string, doneTo: string, key: KeyName): Promise<Reply> {
  const [method = "", pattern = ""] = verb.split(" ");
  const place = /^in (.+)$/.exec(doneTo)?.[1];
  const applicationId =
    place === undefined || place === "their own place"
      ? {}
      : { application_id: place === "no application" ? null : world.ids[place] };
  const name = `A new name ${randomUUID()}`;
  const ofPerson = pattern.includes("/grants") ? /^(an? \w+) of (.+?)(?:, as OWNER)?$/.exec(doneTo) : null;
  const [, person = "", placeName = ""] = ofPerson ?? [];
  const bodies: Record<string, object> = {
    "POST /v1/users": userBody(method, doneTo),
    "PATCH /v1/users/:id": userBody(method, doneTo),
    "POST /v1/invitations": userBody(method, doneTo),
    "POST /v1/users/:id/remove": {},
    "POST /v1/roles": { id: `role_${name.slice(-12)}`, title: name, permissions: ["intelligence:read"] },
    "PATCH /v1/roles/:id": { title: name },
    "POST /v1/roles/:id/preview": { permissions: ["intelligence:write"] },
    "POST /v1/webhooks": { url: "https://hooks.example/", events: ["*"] },
    "PATCH /v1/webhooks/:id": { active: false },
    "POST /v1/webhooks/:id/rotate-secret": {},
    "POST /v1/webhooks/:id/test": {},
    "POST /v1/webhooks/:id/deliveries/:delivery/retry": {},
    "POST /v1/keys": keyBody(name, doneTo),
    "POST /v1/keys/import": {
      keys: [{ ...keyBody(name, doneTo), sha256: createHash("sha256").update(name).digest("hex") }],
    },
    "POST /v1/keys/verify-batch": { keys: [{ key: world.tokens.organization }] },
    "POST /v1/keys/:id/roll": {},
    "POST /v1/keys/:id/end-grace": {},
    "POST /v1/keys/:id/pause": {},
    "POST /v1/keys/:id/resume": {},
    "POST /v1/keys/:id/revoke": {},
  };
  if (pattern.includes("/grants")) bodies[verb] = grantBody(verb, doneTo, world.ids[person]);
  const body = bodies[verb] ?? { name, ...(method === "POST" ? applicationId : {}) };
  const ownRoles = verb === "GET /v1/roles" ? "?built_in=false" : "";
  const address = pattern
    .replace(":id", world.ids[placeName] ?? world.ids[doneTo] ?? "")
    .replace(":delivery", world.ids[`delivery of ${doneTo}`] ?? world.ids.nothing ?? "")
    .replace(":user_id", world.ids[person] ?? "");
  return api.call(address + ownRoles, world.tokens[key], {
    method,
    headers: json,
    ...(method === "GET" || method === "DELETE" ? {} : { body: JSON.stringify(body) }),
  });
}

function userBody(method: string, doneTo: string) {
  if (method === "PATCH") return { access_level: doneTo === "an OWNER" ? "MEMBER" : "ADMIN" };
  const [, level] = doneTo.split(" ");
  const invited = { email: `${randomUUID()}@example.com`, access_level: level };
  return doneTo.startsWith("as ") ? invited : { ...invited, name: "Somebody" };
}

function grantBody(verb: string, doneTo: string, userId: string | undefined) {
  const level = doneTo.endsWith("as OWNER") ? "OWNER" : "ADMIN";
  if (verb.endsWith("/remove")) return {};
  return { access_level: level, ...(verb.startsWith("POST") ? { user_id: userId } : {}) };
}

function keyBody(name: string, doneTo: string) {
  const [, word = ""] = doneTo.split(" ");
  const place = { "in Shop": "application", "in nothing": "workspace" }[doneTo];
  return {
    name,
    access_level: place === undefined ? word : "MEMBER",
    roles: [],
    ...(place === undefined ? {} : { namespace: { type: place, id: world.ids[word] } }),
  };
}

function outcomeOf({ status, json }: Reply): string {
  if (status >= 400) return String(json.code).replaceAll("_", " ");
  if (json === null || !Array.isArray(json.data)) return "ok";
  if (!("next_cursor" in json)) return "ok";
  expect(json.next_cursor).toBeNull();
  return (
    json.data
      .map(
        (row: Record<string, string>) =>
          row.action ??
          (row.email === undefined && row.user === undefined
            ? (row.name ?? row.subject ?? row.id)
            : row.access_level),
      )
      .sort()
      .join(", ") || "none"
  );
}

/** The response without the parts that differ between connections and moments. */
const said = ({ status, headers, text }: Reply) => {
  const { date, ...rest } = Object.fromEntries(headers);
  return JSON.stringify([status, rest, text]);
};

const entriesOf = (key: KeyName) => database().auditEntry.count({ where: { actorKeyId: world.keyIds[key] } });
/** The answers for missing resources by verb: some verbs add a header for pages of other sites. */
const absences = new Map<string, Set<string>>();

const rows = [...readMatrix("The API by namespace"), ...readMatrix("People and access over the API")];

for (const { verb, doneTo, cells } of rows) {
  test(`[P3] [P10] [P11] [P12] ${verb}: ${doneTo}`, async () => {
    const reads = verb.startsWith("GET") || /\/(verify-batch|preview)$/.test(verb);
    // A resource that one key creates would show up in the lists of the others.
    const creates = /^POST \/v1\/\w+(\/import)?$/.test(verb);
    let isUsed = false;
    const actual: Record<string, string> = {};
    for (const key of keyNames) {
      if (isUsed && !creates) {
        world = await createNamespaceWorld();
        isUsed = false;
      }
      const keyId = parseKeyId(world.ids[doneTo] ?? "") ?? "";
      if (verb.endsWith("/end-grace")) await startGrace(keyId);
      if (verb.endsWith("/resume")) await pauseTestKey(keyId);
      const before = await databaseState();
      const entries = await entriesOf(key);
      const reply = await ask(verb, doneTo, key);
      const outcome = outcomeOf(reply);
      const changed = changedTables(before, await databaseState());
      if (outcome === "not found") absences.set(verb, (absences.get(verb) ?? new Set()).add(said(reply)));
      const isRefused = reply.status >= 400;
      const asItShould = reads || isRefused ? changed.length === 0 : (await entriesOf(key)) > entries;
      actual[key] = asItShould ? outcome : `${outcome}, but changed ${changed.join(", ")}`;
      isUsed ||= !reads && !isRefused;
    }
    if (isUsed) world = await createNamespaceWorld();
    expect(actual).toEqual(Object.fromEntries(cells));
  });
}

test("[P3] missing, foreign and invisible resources get the same answer, byte for byte", () => {
  expect(absences.size).toBeGreaterThan(10);
  for (const [verb, answers] of absences) expect([...answers], verb).toHaveLength(1);
});

test("[L7] changes by keys are in the audit chains as theirs", async () => {
  expect((await verifyAuditChains()).every(({ fault }) => fault === null)).toBe(true);
});
