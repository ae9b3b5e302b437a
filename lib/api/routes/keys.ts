import { z } from "zod";
import { statusFilters } from "@/lib/core/keys/key-status";
import { success } from "@/lib/core/result";
import { createKeyBody, updateKeyBody } from "@/lib/schemas/key-api";
import { searchInput } from "@/lib/schemas/key-list";
import { cursorQuery, limitQuery } from "@/lib/schemas/list-query";
import { deleteKey } from "@/lib/services/keys/delete-key";
import { generateKey } from "@/lib/services/keys/generate-key";
import { listKeysOfKey, readKeyOfKey, showKeyOfKey } from "@/lib/services/keys/read/keys-of-key";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { updateKey } from "@/lib/services/keys/update-key";
import { inApiWords } from "../operate/answer-in-api-terms";
import { noContent, operation } from "../operate/operation";
import { apiKeyJson, apiKeyToJson, exampleApiKey, keyIdIn, keyIds } from "../shapes/key-json";
import { nextCursor, page } from "../shapes/list-json";
import { below, changedKey, keyAnswer, note, seen, token } from "./key-answers";
import { readKeyUsage } from "./key-usage";
import { rollOperations } from "./roll-key";

const tag = "Keys";

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
      .meta({ description: "In name, description, key ID, and the creator's name and email." }),
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
    schema: apiKeyJson.extend({ token, note }).meta({ id: "CreatedKey" }),
    example: { ...exampleApiKey, token: "lk_sk_..." },
    once: ["token"],
    noteWhenRepeated:
      "This key was created by an earlier request with this idempotency key. Its token was given once and cannot be shown again. If it never reached you, roll the key to get a new one.",
  },
  errors: ["not_found"],
  handle: async ({ context, body }) => {
    const { access_level: accessLevel, expires_at: expiresAt, namespace, ...rest } = limitsIn(body);
    const input = {
      ...rest,
      accessLevel,
      expiresAt,
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
  description: `What is not named stays. An expiry never changes. With \`version\`, nobody else's change is overwritten. ${below} ${seen}`,
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
  description: `It is revoked and taken off the lists; its audit trail stays. Sent again it is 404: there is no such key any more. ${below} ${seen}`,
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

/** A body's limits, by the names that the verbs use. Omitted ones stay undefined. */
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
  ...rollOperations,
  revokeKeyOperation,
  readKeyUsage,
];
