import { z } from "zod";
import { success } from "@/lib/core/result";
import { importKeysBody } from "@/lib/schemas/key-api";
import { importKeys } from "@/lib/services/keys/import/import-keys";
import { showKeysOfKey } from "@/lib/services/keys/read/keys-of-key";
import { operation } from "../operate/operation";
import { camelCased } from "../shapes/field-names";
import { apiKeyJson, apiKeyToJson, exampleApiKey } from "../shapes/key-json";

/** Enough for a hundred keys with the maximum of attributes. */
const mostBytes = 1024 * 1024;

export const importKeysOperation = operation({
  method: "post",
  path: "/v1/keys/import",
  operationId: "importKeys",
  summary: "Import up to 100 keys of another system",
  description:
    "For moving to Latchkey without giving your customers new keys. Send the SHA-256 of each token, with what `POST /v1/keys` takes except `type`; the same limits apply. From then on the organization's services verify these tokens like any others: by `POST /v1/keys/verify`, in batches, in process and by introspection. The services of other organizations do not know them, and can import the same tokens as keys of their own. A token has 1 to 1024 printable ASCII characters without spaces. It must not begin with `lk_` or have the form of a Latchkey token, since such a token is looked up only by the key id in it. An imported token does not authenticate calls to this API; rolling the key replaces it with a Latchkey token. All keys are imported or none: an error names each key at fault, such as `keys.3.sha256`. A token is one key's forever: it cannot be imported again, not even once that key has ended. The body may have up to 1 MiB.",
  tag: "Keys",
  permission: "keys:create",
  body: importKeysBody,
  mostBytes,
  example: {
    keys: [
      {
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        name: "Billing",
        access_level: "MEMBER",
        roles: ["read_only"],
        subject: "cus_8213",
        metadata: { plan: "pro", seats: 25 },
        labels: { team: "billing" },
        allowed_addresses: ["203.0.113.0/24"],
        rate_limit: { requests: 100, seconds: 60 },
      },
    ],
  },
  answer: {
    status: 201,
    description: "The keys, in the order of the request.",
    schema: z.strictObject({ data: z.array(apiKeyJson) }).meta({ id: "ImportedKeys" }),
    example: { data: [{ ...exampleApiKey, imported: true }] },
  },
  handle: async ({ context, body }) => {
    const keys = body.keys.map((key) => {
      const { namespace = context.actor.namespace, ...rest } = camelCased(key);
      return { ...rest, namespace };
    });
    const made = await importKeys(context, { keys });
    if (!made.ok) return made;
    const shown = await showKeysOfKey(context, made.value);
    return success({ data: shown.map(apiKeyToJson) });
  },
});
