import { z } from "zod";
import { success } from "@/lib/core/result";
import { verifyKeyInput } from "@/lib/schemas/verify-key";
import { operation } from "../operate/operation";
import { exampleKeyState } from "../shapes/presented-key-json";
import { verifyAnswerJson } from "../verify/verify-answer";
import { needsKeysVerify, verifyPresented } from "../verify/verify-presented";

/** Up to a hundred verifications in one request, each like `POST /v1/keys/verify`. */
export const verifyKeys = operation({
  method: "post",
  path: "/v1/keys/verify-batch",
  operationId: "verifyKeys",
  summary: "Verify up to 100 keys",
  description:
    "For services that collect keys before verifying them. Each verdict is like that of `POST /v1/keys/verify`, in the order of the keys; a refused key does not affect the others. Sent again, it is a new verification: an `Idempotency-Key` is ignored.",
  tag: "Keys",
  permission: "keys:verify",
  onlyReads: true,
  body: z.strictObject({ keys: z.array(verifyKeyInput).min(1).max(100, "Ask for at most 100 keys") }),
  example: { keys: [{ key: "lk_sk_..." }, { key: "lk_sk_...", permissions: ["workspaces:read"] }] },
  answer: {
    description: "The verdicts.",
    schema: z.strictObject({ data: z.array(verifyAnswerJson) }).meta({ id: "Verdicts" }),
    example: {
      data: [
        { valid: true, code: "VALID", ...exampleKeyState },
        { valid: false, code: "UNKNOWN" },
      ],
    },
  },
  handle: async ({ context, caller, body, facts }) => {
    if (!context.actor.permissions.includes("keys:verify")) return needsKeysVerify;
    const data = [];
    // One after another: a batch takes no more database connections than a single key.
    for (const asked of body.keys) data.push(await verifyPresented(asked, caller.key, facts));
    return success({ data });
  },
});
