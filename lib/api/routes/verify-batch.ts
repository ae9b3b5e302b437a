import { z } from "zod";
import { verifyBatchInput } from "@/lib/schemas/verify-key";
import { fastLaneOperation } from "../operate/operation";
import { exampleKeyState } from "../shapes/presented-key-json";
import { verifyAnswerJson } from "../verify/verify-answer";

/** Up to a hundred verifications in one request. Answered by lib/api/verify/fast-lane.ts. */
export const verifyKeys = fastLaneOperation({
  method: "post",
  path: "/v1/keys/verify-batch",
  operationId: "verifyKeys",
  summary: "Verify up to 100 keys",
  description:
    "For services that collect keys before verifying them. Each verdict is like that of `POST /v1/keys/verify`, in the order of the keys; a refused key does not affect the others. Sent again, it is a new verification: an `Idempotency-Key` is ignored.",
  tag: "Keys",
  permission: "keys:verify",
  onlyReads: true,
  body: verifyBatchInput,
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
});
