import { z } from "zod";
import { formatKeyId } from "@/lib/core/key-id";
import { statusFilters } from "@/lib/core/key-status";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { defaultGraceSeconds, maximumGraceSeconds } from "@/lib/core/roll-plan";
import { createKeyBody, updateKeyBody } from "@/lib/schemas/key-api";
import { searchInput } from "@/lib/schemas/key-list";
import { cursorQuery, limitQuery } from "@/lib/schemas/list-query";
import type { KeyContext } from "@/lib/services/key-context";
import { deleteKey } from "@/lib/services/keys/delete-key";
import { generateKey } from "@/lib/services/keys/generate-key";
import type { KeyOfKey } from "@/lib/services/keys/keys-of-key";
import { changeAndShow, listKeysOfKey, readKeyOfKey, showKeyOfKey } from "@/lib/services/keys/keys-of-key";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { rollKey } from "@/lib/services/keys/roll-key";
import { updateKey } from "@/lib/services/keys/update-key";
import { inApiWords } from "../api-words";
import { publicKeyId } from "../key-json";
import { nextCursor, page } from "../list-json";
import { noContent, operation } from "../operation";
import { apiKeyJson, apiKeyToJson, exampleApiKey, keyIdIn, keyIds } from "./key-json";
import { readKeyUsage } from "./key-usage";

const tag = "Keys";
const seen = "A key sees the keys of its own namespace and no others.";
const below = "Only keys below the level of the one that asks.";
const token = z.string().optional().meta({
  description: "Given once: not when the request is sent again, and never later.",
});

/** The answer to a change: the key as it is now. */
async function changedKey(context: KeyContext, keyId: string, change: () => Promise<Result<null>>) {
  return keyAnswer(await changeAndShow(context, keyId, change));
}

function keyAnswer(key: Result<KeyOfKey>) {
  const told = inApiWords(key);
  return told.ok ? success(apiKeyToJson(told.value)) : told;
}

const listKeysOperation = operation({
  method: "get",
  path: "/v1/keys",
  operationId: "listKeys",
  summary: "List keys",
  description: `${seen} Oldest first; deleted ones are not listed.`,
  tag,
  reach: "any-origin",
  permission: "keys:read",
  query: z.strictObject({
    limit: limitQuery,
    cursor: cursorQuery("key"),
    status: z
      .enum(statusFilters)
      .default("all")
      .meta({ description: "`active` includes keys that are rolling." }),
    search: searchInput
      .default("")
      .meta({ description: "In name, description, key id, and the creator's name and email." }),
  }),
  answer: {
    status: 200,
    description: "A page of the keys of this namespace.",
    schema: page(apiKeyJson),
    example: { data: [exampleApiKey], next_cursor: null },
  },
  errors: [],
  handle: async ({ context, query }) => {
    const { cursor: after = null, ...filters } = query;
    const found = await listKeysOfKey(context, { ...filters, after });
    if (!found.ok) return found;
    const { rows, next } = found.value;
    return success({ data: rows.map(apiKeyToJson), next_cursor: nextCursor(next) });
  },
});

const createKeyOperation = operation({
  method: "post",
  path: "/v1/keys",
  operationId: "createKey",
  summary: "Create a key",
  description:
    "In the namespace of the key that asks, strictly below its level, with an end no later than its own and, if it is bound to addresses, bound to them too. Its creator is the creator of the key that asks. An OWNER key is created in the dashboard only.",
  tag,
  reach: "same-origin",
  permission: "keys:create",
  body: createKeyBody,
  example: { name: "Billing", access_level: "MEMBER", roles: ["read_only"], expires_at: null },
  answer: {
    status: 201,
    description: "The new key, and its token this once.",
    schema: apiKeyJson.extend({ token }).meta({ id: "CreatedKey" }),
    example: { ...exampleApiKey, token: "lk_sk_..." },
    once: ["token"],
  },
  errors: ["not_found"],
  handle: async ({ context, body }) => {
    const { access_level: accessLevel, expires_at: expiresAt, namespace, ...rest } = limitsIn(body);
    const input = {
      ...rest,
      accessLevel,
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
      namespace: namespace ?? context.actor.namespace,
    };
    const made = inApiWords(await generateKey(context, input));
    if (!made.ok) return made;
    const shown = keyAnswer(await showKeyOfKey(context, { keyId: made.value.id }));
    return shown.ok ? success({ ...shown.value, token: made.value.token }) : shown;
  },
});

const readKeyOperation = operation({
  method: "get",
  path: "/v1/keys/{id}",
  operationId: "readKey",
  summary: "Read a key",
  description: `${seen} For what the presented key is, ask \`GET /v1/me\`.`,
  tag,
  reach: "any-origin",
  permission: "keys:read",
  params: keyIds,
  answer: { status: 200, description: "The key.", schema: apiKeyJson, example: exampleApiKey },
  errors: [],
  handle: async ({ context, params }) => keyAnswer(await readKeyOfKey(context, { keyId: keyIdIn(params) })),
});

const updateKeyOperation = operation({
  method: "patch",
  path: "/v1/keys/{id}",
  operationId: "updateKey",
  summary: "Change a key's name, description, roles or limits",
  description: `What is not named stays. An expiry never changes. ${below} ${seen}`,
  tag,
  reach: "same-origin",
  permission: "keys:update",
  params: keyIds,
  body: updateKeyBody,
  example: { name: "Billing, EU" },
  answer: { status: 200, description: "The key as it is now.", schema: apiKeyJson, example: exampleApiKey },
  errors: ["conflict"],
  handle: async ({ context, params, body }) => {
    const keyId = keyIdIn(params);
    return changedKey(context, keyId, () => updateKey(context, { keyId, ...limitsIn(body) }));
  },
});

const deleteKeyOperation = operation({
  method: "delete",
  path: "/v1/keys/{id}",
  operationId: "deleteKey",
  summary: "Delete a key",
  description: `It is revoked and taken off the lists; its audit trail stays. ${below} ${seen}`,
  tag,
  reach: "same-origin",
  permission: "keys:delete",
  params: keyIds,
  answer: noContent("It is deleted."),
  errors: [],
  handle: async ({ context, params }) => inApiWords(await deleteKey(context, { keyId: keyIdIn(params) })),
});

const revokeKeyOperation = operation({
  method: "post",
  path: "/v1/keys/{id}/revoke",
  operationId: "revokeKey",
  summary: "Revoke a key",
  description: `It ends for good, from this answer on, and stays listed. Revoking a revoked key succeeds and changes nothing. An OWNER key is revoked by an OWNER key alone. ${seen}`,
  tag,
  reach: "same-origin",
  permission: "keys:revoke",
  params: keyIds,
  answer: { status: 200, description: "The key as it is now.", schema: apiKeyJson, example: exampleApiKey },
  errors: [],
  handle: async ({ context, params }) => {
    const keyId = keyIdIn(params);
    return changedKey(context, keyId, () => revokeKey(context, { keyId }));
  },
});

const rollKeyOperation = operation({
  method: "post",
  path: "/v1/keys/{id}/roll",
  operationId: "rollKey",
  summary: "Roll a key",
  description: `A new secret; the old one works on for the grace period, and one that was still in its grace ends. A secret key may roll itself, whatever its permissions. ${below} ${seen}`,
  tag,
  reach: "same-origin",
  permission: "keys:roll",
  params: keyIds,
  body: z
    .strictObject({
      grace_seconds: z.int().min(0).max(maximumGraceSeconds).default(defaultGraceSeconds).meta({
        description: "How long the old secret works on; never beyond the key's own expiry.",
      }),
    })
    .default({ grace_seconds: defaultGraceSeconds }),
  example: { grace_seconds: defaultGraceSeconds },
  answer: {
    status: 200,
    description: "The new token, this once.",
    schema: z
      .strictObject({ id: publicKeyId, token, previous_secret_ends_at: z.iso.datetime().nullable() })
      .meta({ id: "RolledKey" }),
    example: {
      id: "key_0123456789abcdEF",
      token: "lk_sk_...",
      previous_secret_ends_at: "2026-11-21T21:30:00.000Z",
    },
    once: ["token"],
  },
  errors: ["conflict"],
  handle: async ({ context, params, body }) => {
    const input = { keyId: keyIdIn(params), graceSeconds: body.grace_seconds, secretVersion: null };
    const rolled = inApiWords(await rollKey(context, input));
    if (!rolled.ok) return rolled;
    const { id, token, oldSecretEndsAt } = rolled.value;
    return success({
      id: formatKeyId(id),
      token,
      previous_secret_ends_at: oldSecretEndsAt?.toISOString() ?? null,
    });
  },
});

/** The limits of a body, in the words of the verbs. What is not named stays undefined. */
function limitsIn<B extends Pick<z.output<typeof updateKeyBody>, "allowed_addresses" | "rate_limit">>(
  body: B,
) {
  const { allowed_addresses: allowedAddresses, rate_limit: rateLimit, ...rest } = body;
  return { ...rest, allowedAddresses, rateLimit };
}

export const keyOperations = [
  listKeysOperation,
  createKeyOperation,
  readKeyOperation,
  updateKeyOperation,
  deleteKeyOperation,
  rollKeyOperation,
  revokeKeyOperation,
  readKeyUsage,
];
