import { z } from "zod";
import { mapResult } from "@/lib/core/result";
import { createKeyBody, resumeKeyBody, updateKeyBody } from "@/lib/schemas/key-api";
import { keyFilters } from "@/lib/schemas/key-filters";
import { searchInput } from "@/lib/schemas/key-list";
import { cursorQuery, limitQuery } from "@/lib/schemas/list-query";
import { deleteKey } from "@/lib/services/keys/delete-key";
import { generateKey } from "@/lib/services/keys/generate-key";
import { pauseKey, resumeKey } from "@/lib/services/keys/pause-key";
import { listKeysOfKey, readKeyOfKey, showKeyOfKey } from "@/lib/services/keys/read/keys-of-key";
import { updateKey } from "@/lib/services/keys/update-key";
import { refusedFields } from "../operate/check-input";
import { noContent, operation } from "../operate/operation";
import { apiKeyJson, apiKeyToJson, exampleApiKey, keyIdIn, keyIds } from "../shapes/key-json";
import { pageAnswer, writePage } from "../shapes/list-json";
import { below, changedKey, note, seen, token } from "./key-answers";
import { readKeyUsage } from "./key-usage";
import { revokeOperations } from "./receipts/revocation-receipt";
import { rollOperations } from "./roll-key";

const tag = "Keys";

refusedFields.add(updateKeyBody, { expires_at: "An expiry cannot be changed. Create a new key." });

export const keyOperations = [
  operation({
    method: "get",
    path: "/v1/keys",
    operationId: "listKeys",
    summary: "List keys",
    description: `${seen} Oldest first; deleted ones are not listed.`,
    tag,
    permission: "keys:read",
    query: z.strictObject({
      limit: limitQuery,
      cursor: cursorQuery("key"),
      ...keyFilters,
      search: searchInput.default("").meta({
        description: "Searches name, description, subject, key ID, and the creator's name and email.",
      }),
    }),
    answer: pageAnswer("A page of the keys of this namespace.", apiKeyJson, exampleApiKey),
    handle: async ({ context, query: { cursor: after = null, ...filters } }) =>
      mapResult(await listKeysOfKey(context, { ...filters, after }), writePage(apiKeyToJson)),
  }),
  operation({
    method: "post",
    path: "/v1/keys",
    operationId: "createKey",
    summary: "Create a key",
    description:
      "The new key is in the calling key's namespace, strictly below its level, expires no later than it does, and, if the calling key has allowed addresses, is restricted to them too. Its creator is the calling key's creator. OWNER keys can be created only in the dashboard.",
    tag,
    permission: "keys:create",
    body: createKeyBody,
    example: {
      name: "Billing",
      access_level: "MEMBER",
      roles: ["read_only"],
      expires_at: null,
      subject: "cus_8213",
      metadata: { plan: "pro", seats: 25 },
      labels: { team: "billing" },
      allowed_addresses: ["203.0.113.0/24"],
      rate_limit: { requests: 100, seconds: 60 },
    },
    answer: {
      status: 201,
      description: "The new key, with its token, shown once.",
      schema: apiKeyJson.extend({ token, note }).meta({ id: "CreatedKey" }),
      example: { ...exampleApiKey, token: "lk_sk_..." },
      once: ["token"],
      noteWhenRepeated:
        "This key was created by an earlier request with this idempotency key. Its token was shown once and cannot be shown again. If you did not receive it, roll the key to get a new one.",
    },
    errors: ["not_found"],
    handle: async ({ context, body }) => {
      const { namespace = context.actor.namespace, ...input } = body;
      const made = await generateKey(context, { ...input, namespace });
      if (!made.ok) return made;
      const { id: keyId, token } = made.value;
      return mapResult(await showKeyOfKey(context, { keyId }), (key) => ({ ...apiKeyToJson(key), token }));
    },
  }),
  operation({
    method: "get",
    path: "/v1/keys/{id}",
    operationId: "readKey",
    summary: "Read a key",
    description: `${seen} To read the calling key itself, use \`GET /v1/me\`.`,
    tag,
    permission: "keys:read",
    params: keyIds,
    answer: { description: "The key.", schema: apiKeyJson, example: exampleApiKey },
    handle: async ({ context, params }) =>
      mapResult(await readKeyOfKey(context, { keyId: keyIdIn(params) }), apiKeyToJson),
  }),
  operation({
    method: "patch",
    path: "/v1/keys/{id}",
    operationId: "updateKey",
    summary: "Change a key's settings",
    description: `Name, description, subject, metadata, labels, roles and limits; omitted fields stay as they are. An expiry never changes. Send \`version\` to avoid overwriting somebody else's change. ${below} ${seen}`,
    tag,
    permission: "keys:update",
    params: keyIds,
    body: updateKeyBody,
    example: { version: 1, name: "Billing, EU" },
    answer: {
      description: "The key as it is now.",
      schema: apiKeyJson,
      example: { ...exampleApiKey, version: 2, name: "Billing, EU" },
    },
    errors: ["conflict"],
    handle: async ({ context, params, body }) => {
      const keyId = keyIdIn(params);
      return changedKey(context, keyId, () => updateKey(context, { ...body, keyId }));
    },
  }),
  operation({
    method: "delete",
    path: "/v1/keys/{id}",
    operationId: "deleteKey",
    summary: "Delete a key",
    description: `The key is revoked and no longer listed; its audit trail stays. A second DELETE is 404, because the key is gone. ${below} ${seen}`,
    tag,
    permission: "keys:delete",
    params: keyIds,
    answer: noContent("Deleted."),
    handle: ({ context, params }) => deleteKey(context, { keyId: keyIdIn(params) }),
  }),
  ...rollOperations,
  operation({
    method: "post",
    path: "/v1/keys/{id}/pause",
    operationId: "pauseKey",
    summary: "Pause a key",
    description: `The key stops working once this request returns, until it is resumed: its use is refused as \`key_paused\`, and a verification answers PAUSED. The keys that its tokens created are paused with it. Its expiry and the grace period of a previous secret keep running. Pausing a paused key succeeds and changes nothing; a key that has ended is a conflict. It takes the same rights as revoking the key. ${seen}`,
    tag,
    permission: "keys:revoke",
    params: keyIds,
    answer: {
      description: "The key as it is now.",
      schema: apiKeyJson,
      example: { ...exampleApiKey, status: "paused", paused_at: "2026-11-29T12:00:00.000Z" },
    },
    errors: ["conflict"],
    handle: ({ context, params }) => {
      const keyId = keyIdIn(params);
      return changedKey(context, keyId, () => pauseKey(context, { keyId }));
    },
  }),
  operation({
    method: "post",
    path: "/v1/keys/{id}/resume",
    operationId: "resumeKey",
    summary: "Resume a paused key",
    description: `The key works again once this request returns, and so do the keys that were paused with it. Resuming a key that is not paused succeeds and changes nothing; a key that has ended is a conflict. Send \`paused_at\` to end only the pause that you know of. The key must be able to do no more than the calling key. ${below} ${seen}`,
    tag,
    permission: "keys:update",
    params: keyIds,
    body: resumeKeyBody,
    example: { paused_at: "2026-11-29T12:00:00.000Z" },
    answer: { description: "The key as it is now.", schema: apiKeyJson, example: exampleApiKey },
    errors: ["conflict"],
    handle: async ({ context, params, body: { pausedAt } }) => {
      const keyId = keyIdIn(params);
      return changedKey(context, keyId, () => resumeKey(context, { keyId, pausedAt }));
    },
  }),
  ...revokeOperations,
  readKeyUsage,
];
