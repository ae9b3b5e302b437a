import { z } from "zod";
import { mapResult } from "@/lib/core/result";
import { receiptFacts } from "@/lib/schemas/audit/revocation-receipt";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { readRevocationReceipt } from "@/lib/services/receipts/read-revocation-receipt";
import { readReceiptOrNull } from "@/lib/services/receipts/revoke-with-receipt";
import { operation } from "../../operate/operation";
import { apiKeyJson, exampleApiKey, keyIdIn, keyIds } from "../../shapes/key-json";
import { changedKey, seen } from "../key-answers";

const tag = "Keys";
const exampleReceipt =
  "eyJhbGciOiJFUzI1NiIsInR5cCI6InJldm9jYXRpb24tcmVjZWlwdCtqd3QifQ.eyJjaGFuZ2UiOjQyfQ.c2ln";

const signed = z.string().meta({
  description:
    "The receipt as a signed JWS (RFC 7515), by a key of `/.well-known/jwks.json`. Its header has `typ` `revocation-receipt+jwt`; its payload has `iss`, `iat` and the fields of `GET /v1/keys/{id}/revocation-receipt`.",
});

const { organization, ...facts } = receiptFacts.shape;

export const revokeOperations = [
  operation({
    method: "post",
    path: "/v1/keys/{id}/revoke",
    operationId: "revokeKey",
    summary: "Revoke a key",
    description: `The key stops working permanently once this request returns, and stays listed. Revoking a revoked key succeeds and changes nothing. The answer has a signed receipt: which nodes and clients had acknowledged the revocation. Only an OWNER key can revoke an OWNER key. ${seen}`,
    tag,
    permission: "keys:revoke",
    params: keyIds,
    answer: {
      description: "The key as it is now, with the receipt of its revocation.",
      schema: apiKeyJson
        .extend({
          revocation_receipt: signed
            .nullable()
            .meta({ description: "The signed receipt; null if it is not available yet." }),
        })
        .meta({ id: "RevokedKey" }),
      example: {
        ...exampleApiKey,
        ...{ status: "revoked", revocation_reason: "person", revoked_at: "2026-11-29T12:00:00.000Z" },
        revocation_receipt: exampleReceipt,
      },
    },
    handle: async ({ context, params }) => {
      const keyId = keyIdIn(params);
      const changed = await changedKey(context, keyId, () => revokeKey(context, { keyId }));
      if (!changed.ok) return changed;
      const receipt = await readReceiptOrNull(context, keyId);
      return mapResult(changed, (key) => ({ ...key, revocation_receipt: receipt?.receipt ?? null }));
    },
  }),
  operation({
    method: "get",
    path: "/v1/keys/{id}/revocation-receipt",
    operationId: "readRevocationReceipt",
    summary: "Read a key's revocation receipt",
    description:
      "What was known when the revocation was answered: which nodes and in-process clients had acknowledged it, and whose lease had ended. Every key that is revoked has one, however that happens, also after it is deleted; keys revoked before this version have none. `recorded` is `late` if the server that revoked the key ended before it recorded this. It is signed anew each time. Needs a key of the organization itself.",
    tag,
    permission: "audit:read",
    params: keyIds,
    answer: {
      description: "The receipt.",
      schema: z
        .strictObject({
          organization_id: organization,
          ...facts,
          signed_at: z.iso.datetime(),
          receipt: signed,
        })
        .meta({ id: "RevocationReceipt" }),
      example: {
        organization_id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11",
        ...{
          key_id: exampleApiKey.id,
          key_name: exampleApiKey.name,
          reason: "person",
          recorded: "at_answer" as const,
        },
        ...{ revoked_at: "2026-11-29T12:00:00.000Z", effective_at: "2026-11-29T12:00:00.014Z" },
        nodes: [
          {
            ...{ id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d16", name: "api-1, process 4711" },
            ...{ state: "acknowledged", lease_ended_at: null },
          },
        ],
        ...{ nodes_total: 1, nodes_acknowledged: 1 },
        clients: [],
        ...{ clients_total: 0, clients_acknowledged: 0 },
        signed_at: "2026-11-29T12:00:00.000Z",
        receipt: exampleReceipt,
      },
    },
    errors: ["not_found", "conflict"],
    handle: async ({ context, params }) =>
      mapResult(
        await readRevocationReceipt(context, { keyId: keyIdIn(params) }),
        ({ facts: { organization: organization_id, ...facts }, signedAt, receipt }) => ({
          organization_id,
          ...facts,
          signed_at: signedAt,
          receipt,
        }),
      ),
  }),
];
