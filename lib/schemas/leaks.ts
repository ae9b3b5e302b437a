import { z } from "zod";
import { typedString } from "./fields/plain-text";

/**
 * The body that GitHub's secret scanning posts when it finds text that looks like our tokens. Unknown fields are
 * ignored, so that GitHub's additions never make us miss a leak.
 */
export const githubAlerts = z
  .array(
    z.object({
      token: z.string().meta({ description: "The token that was found." }),
      type: z.string().meta({ description: "GitHub's name for this kind of token." }),
      url: z.string().nullish().meta({ description: "Where it was found; may be empty." }),
      source: z
        .string()
        .nullish()
        .meta({ description: "The kind of place it was found in: `content`, `commit` ..." }),
    }),
  )
  .meta({ id: "GithubAlerts" });

/** GitHub's list of public keys for its signatures. */
export const githubKeyList = z.object({
  public_keys: z
    .array(z.object({ key_identifier: z.string().max(200), key: z.string().max(2_000) }))
    .max(100),
});

/** Accepts any text. The verb decides whether it is a working secret key. */
export const reportLeakInput = z.strictObject({
  // Pasted text may contain invisible characters, which this removes.
  token: typedString(500)
    .min(1, "Paste the leaked key")
    .max(500, "A key is shorter than this")
    .meta({ description: "The token that was found." }),
});
export type ReportLeakInput = z.output<typeof reportLeakInput>;
