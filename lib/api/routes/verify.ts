import { verifyKeyInput } from "@/lib/schemas/verify-key";
import { fastLaneOperation } from "../operate/operation";
import { exampleKeyState } from "../shapes/presented-key-json";
import { verifyAnswerJson } from "../verify/verify-answer";

/** Answered by lib/api/verify/fast-lane.ts, which parses with the same schema. */
export const verifyKey = fastLaneOperation({
  method: "post",
  path: "/v1/keys/verify",
  operationId: "verifyKey",
  summary: "Verify a key",
  description:
    "For the service behind an API: is the key that somebody presented good, and good for this? Whatever the verdict, the answer is 200; look at `valid`. Of several faults the first is told: the key itself, its namespace, the address it was presented from, its permissions, its rate limit, of which only a verification that is else good takes a request. A key that is bound to addresses is FORBIDDEN_IP when `ip` is left out. It needs no idempotency key: sent again, it is another verification.",
  tag: "Keys",
  permission: "keys:verify",
  onlyReads: true,
  body: verifyKeyInput,
  example: { key: "lk_sk_...", permissions: ["workspaces:read"], ip: "203.0.113.7" },
  answer: {
    description: "The verdict.",
    schema: verifyAnswerJson,
    example: { valid: true, code: "VALID", ...exampleKeyState },
  },
});
