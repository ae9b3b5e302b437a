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
    "For the service behind an API: is the presented key valid, and may it do this? Whatever the verdict, the status is 200; check `valid`. If several checks fail, the first one is reported, in this order: the key itself, its namespace, the address it was presented from, its permissions, its rate limit. Only a verification that passes everything else counts against the rate limit. A key with allowed addresses is FORBIDDEN_IP if `ip` is omitted. A token of any form can be an imported key's, if the organization has imported keys; it is UNKNOWN if it is none, and MALFORMED in an organization without imported keys. It needs no idempotency key: sent again, it is a new verification.",
  tag: "Keys",
  permission: "keys:verify",
  onlyReads: true,
  body: verifyKeyInput,
  example: { key: "lk_sk_...", permissions: ["organizations:read"], ip: "203.0.113.7" },
  answer: {
    description: "The verdict.",
    schema: verifyAnswerJson,
    example: { valid: true, code: "VALID", ...exampleKeyState },
  },
});
