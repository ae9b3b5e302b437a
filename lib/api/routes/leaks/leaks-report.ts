import { z } from "zod";
import { success } from "@/lib/core/result";
import { reportLeakInput } from "@/lib/schemas/leaks";
import { reportLeakedKey } from "@/lib/services/leaks/report-leaked-key";
import { openOperation } from "../../operate/operation";

const report = z
  .strictObject({
    revoked: z.boolean().meta({ description: "Was it a working secret key's token? It no longer works." }),
    paused: z.boolean().meta({
      description: "The same, where the organization has leaked keys paused and not revoked.",
    }),
    key_id: z.string().nullable().meta({ description: "The key that was stopped, or `null`." }),
  })
  .meta({ id: "LeakReport" });

export const reportLeak = openOperation({
  method: "post",
  path: "/v1/leaks/report",
  operationId: "reportLeak",
  summary: "Report a leaked key",
  description:
    "For anybody who found a token, without a credential. If it is the token of a secret key that works, or is paused, the key is revoked at once with the reason `leaked`, or paused if its organization wants that; the audit log says so, and the key's creator and the organization's owners are mailed if a mail server is configured. A secret that ended when the key rolled itself pauses the key for seven days after its end, since whoever found it may have done that. Every other text, such as a public key, a key that has ended or a lookalike, gets one and the same answer. Imported keys and refresh tokens do not say whose they are and cannot be reported here: revoke the key that they belong to. An address may send 60 reports in 15 minutes. The page `/report-leak` does the same for people.",
  tag: "Leaks",
  reach: "same-origin",
  body: reportLeakInput,
  example: { token: "lk_sk_..." },
  answer: {
    description: "What the report changed.",
    schema: report,
    example: { revoked: true, paused: false, key_id: "key_aB7cD8eF9gH0jK1m" },
  },
  handle: async ({ body, facts }) => {
    const reported = await reportLeakedKey(body, facts);
    if (!reported.ok) return reported;
    const { keyId, isPaused } = reported.value;
    return success({ revoked: keyId !== null && !isPaused, paused: isPaused, key_id: keyId });
  },
});
