import { z } from "zod";
import { success } from "@/lib/core/result";
import { githubAlerts } from "@/lib/schemas/leaks";
import { checkGithubSignature } from "@/lib/services/leaks/check-github-signature";
import { reportLeaks } from "@/lib/services/leaks/report-leaks";
import { openOperation } from "../../operate/operation";

const identifierHeader = "Github-Public-Key-Identifier";
const signatureHeader = "Github-Public-Key-Signature";

/** Enough for several thousand alerts, since GitHub sends its findings in batches. */
const mostBytes = 1024 * 1024;

const labels = z
  .array(
    z.strictObject({
      token_raw: z.string(),
      token_type: z.string(),
      label: z.enum(["true_positive", "false_positive"]).meta({
        description:
          "`true_positive`: the token belongs to a secret key of this installation, which is now revoked or paused, or had already ended. A public key is not a leak.",
      }),
    }),
  )
  .meta({ id: "LeakLabels" });

export const reportGithubLeaks = openOperation({
  method: "post",
  path: "/v1/leaks/github",
  operationId: "reportGithubLeaks",
  summary: "Report leaked tokens, as GitHub does",
  description: `For GitHub's secret scanning. To join its partner program, register this address, the pattern \`lk_sk_[0-9A-Za-z]{54}\` and, for each organization with a token prefix of its own, the same pattern with that prefix, such as \`acme_sk_[0-9A-Za-z]{54}\`. GitHub signs each report: \`${signatureHeader}\` is the base64 of a DER-encoded ECDSA signature on P-256 over the SHA-256 of the body, made by the key that \`${identifierHeader}\` names. Every secret key whose reported token still works is revoked with the reason \`leaked\`, or paused if its organization wants that. If the key rolled itself away from that token within the last seven days, it is paused. The audit log says where it was found, and the key's creator and the organization's owners are mailed if a mail server is configured. A repeated report changes nothing and gets the same response. The body may have up to 1 MiB; unknown fields are ignored.`,
  tag: "Leaks",
  reach: "same-origin",
  headers: z.object({
    [identifierHeader]: z.string().meta({ description: "The id of GitHub's signing key." }),
    [signatureHeader]: z.string().meta({ description: "The signature of the body." }),
  }),
  body: githubAlerts,
  example: [
    {
      token: "lk_sk_...",
      type: "latchkey_secret_key",
      url: "https://github.com/octocat/hello-world/blob/main/config.js",
      source: "content",
    },
  ],
  reading: {
    bytes: mostBytes,
    check: async ({ headers }, body) => {
      const header = (name: string) => String(headers[name.toLowerCase()] ?? "");
      const checked = await checkGithubSignature(body, {
        identifier: header(identifierHeader),
        signature: header(signatureHeader),
      });
      // No credential would help, so no challenge is sent.
      return checked.ok ? checked : { ...checked, withoutChallenge: true };
    },
  },
  answer: {
    description: "The result for each token, in the same order.",
    schema: labels,
    example: [{ token_raw: "lk_sk_...", token_type: "latchkey_secret_key", label: "true_positive" }],
  },
  errors: ["forbidden"],
  handle: async ({ body, facts }) => {
    const found = body.map(({ token, url, source }) => ({ token, url: url ?? "", source: source ?? "" }));
    const { known } = await reportLeaks(found, "GitHub secret scanning", facts);
    return success(
      body.map(({ token, type }) => ({
        token_raw: token,
        token_type: type,
        label: known.has(token) ? ("true_positive" as const) : ("false_positive" as const),
      })),
    );
  },
});
