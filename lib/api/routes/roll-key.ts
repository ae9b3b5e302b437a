import { z } from "zod";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { defaultGraceSeconds } from "@/lib/core/keys/roll-plan";
import { mapResult } from "@/lib/core/result";
import { keyVersion } from "@/lib/schemas/key";
import { endGraceBody, rollKeyBody } from "@/lib/schemas/key-api";
import { endGrace } from "@/lib/services/keys/end-grace";
import { rollKey } from "@/lib/services/keys/roll-key";
import { operation } from "../operate/operation";
import { apiKeyJson, exampleApiKey, keyIdIn, keyIds } from "../shapes/key-json";
import { publicKeyId } from "../shapes/presented-key-json";
import { writeJson } from "../shapes/write-json";
import { below, changedKey, note, seen, token } from "./key-answers";

const rolledKey = z
  .strictObject({
    id: publicKeyId,
    version: keyVersion.meta({ description: "The key's current version." }),
    token,
    previous_secret_ends_at: z.iso.datetime().nullable(),
    superseded: z.boolean().meta({
      description: "A previous secret was still in its grace, and this roll ended it.",
    }),
    note,
  })
  .meta({ id: "RolledKey" });

const rollKeyOperation = operation({
  method: "post",
  path: "/v1/keys/{id}/roll",
  operationId: "rollKey",
  summary: "Roll a key",
  description: `Creates a new secret; the previous one keeps working for the grace period. A key that is paused because it leaked is rolled without one. Send the \`version\` that you read: if the key has another version by now, the response is a conflict that names it. Without it, a roll within 60 seconds of your last one is treated as the same request and refused. While a previous secret is in its grace, a roll is refused as \`roll_in_progress\` unless you say which secret it ends: \`replace_unused\` or \`supersede\`. A secret key may roll itself, whatever its permissions. ${below} ${seen}`,
  tag: "Keys",
  permission: "keys:roll",
  params: keyIds,
  body: rollKeyBody,
  example: { version: 1, grace_seconds: defaultGraceSeconds },
  answer: {
    description: "The new token, shown once.",
    schema: rolledKey,
    example: {
      id: "key_0123456789abcdEF",
      version: 2,
      token: "lk_sk_...",
      previous_secret_ends_at: "2026-11-21T21:30:00.000Z",
      superseded: false,
    },
    once: ["token"],
    noteWhenRepeated:
      "This roll was carried out by an earlier request with this idempotency key. Its token was shown once and cannot be shown again. If you did not receive it, roll again with this version: with replace_unused: true while the previous secret works, otherwise as usual.",
  },
  errors: ["conflict", "roll_in_progress"],
  handle: async ({ context, params, body }) => {
    const input = { ...body, keyId: keyIdIn(params) };
    return mapResult(await rollKey(context, input), ({ id, oldSecretEndsAt, ...made }) =>
      writeJson(rolledKey, { ...made, id: formatKeyId(id), previousSecretEndsAt: oldSecretEndsAt }),
    );
  },
});

const endGraceOperation = operation({
  method: "post",
  path: "/v1/keys/{id}/end-grace",
  operationId: "endGrace",
  summary: "End the grace of a previous secret",
  description: `The previous secret of a rolled key stops working permanently once this request returns. If no previous secret works any more, the request succeeds and changes nothing. ${below} ${seen}`,
  tag: "Keys",
  permission: "keys:roll",
  params: keyIds,
  body: endGraceBody,
  example: { version: 2 },
  answer: {
    description: "The key as it is now.",
    schema: apiKeyJson,
    example: { ...exampleApiKey, version: 3 },
  },
  errors: ["conflict"],
  handle: async ({ context, params, body }) => {
    const keyId = keyIdIn(params);
    return changedKey(context, keyId, () => endGrace(context, { keyId, version: body.version }));
  },
});

export const rollOperations = [rollKeyOperation, endGraceOperation];
