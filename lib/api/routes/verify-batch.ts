import { z } from "zod";
import { failure, success } from "@/lib/core/result";
import { countVerification } from "@/lib/metrics/counts";
import { verifyKeyInput } from "@/lib/schemas/verify-key";
import { judgeToken } from "@/lib/verify/judge-token";
import { limitVerdict } from "@/lib/verify/limit-verdict";
import { recordUse } from "@/lib/verify/usage-recorder";
import { exampleKeyState } from "../key-json";
import { operation } from "../operation";
import { verifyAnswer, verifyAnswerJson } from "../verify-answer";

/** Up to a hundred verifications in one call; each is what `POST /v1/keys/verify` does and answers. */
export const verifyKeys = operation({
  method: "post",
  path: "/v1/keys/verify-batch",
  operationId: "verifyKeys",
  summary: "Verify up to 100 keys",
  description:
    "For what collects before it asks. Each verdict is that of `POST /v1/keys/verify`, in the order of the keys; one of them is no error of the others.",
  tag: "Keys",
  reach: "same-origin",
  permission: "keys:verify",
  body: z.strictObject({ keys: z.array(verifyKeyInput).min(1).max(100, "Ask for at most 100 keys") }),
  example: { keys: [{ key: "lk_sk_..." }, { key: "lk_sk_...", permissions: ["workspaces:read"] }] },
  answer: {
    status: 200,
    description: "The verdicts.",
    schema: z.strictObject({ data: z.array(verifyAnswerJson) }).meta({ id: "Verdicts" }),
    example: {
      data: [
        { valid: true, code: "VALID", ...exampleKeyState },
        { valid: false, code: "UNKNOWN" },
      ],
    },
  },
  errors: [],
  handle: async ({ context, body, facts }) => {
    if (!context.actor.permissions.includes("keys:verify")) {
      return failure("forbidden", "This needs a secret key with the permission keys:verify.");
    }
    const data = [];
    // One after another: a batch takes no more of the database's connections than a single key does.
    for (const { key: token, permissions, namespace, ip } of body.keys) {
      const demand = { permissions, namespace, address: ip ?? null, organizationId: context.organization.id };
      const verdict = await limitVerdict(await judgeToken(token, demand, facts.at));
      countVerification(verdict.code);
      if ("secretId" in verdict) {
        const { key, secretId, code: outcome } = verdict;
        const { at, userAgent: client } = facts;
        recordUse({ keyId: key.id, secretId, at, address: ip ?? facts.address, client, outcome });
      }
      data.push(verifyAnswer(verdict));
    }
    return success({ data });
  },
});
