import { z } from "zod";

/**
 * What GitHub's secret scanning posts when it finds text that looks like our tokens. Unknown fields are ignored, so
 * that additions by GitHub never make us miss a leak.
 */
export const githubAlerts = z
  .array(
    z.object({
      token: z.string().meta({ description: "What was found." }),
      type: z.string().meta({ description: "The name under which GitHub knows this kind of token." }),
      url: z.string().nullish().meta({ description: "Where it was found; may be empty." }),
      source: z.string().nullish().meta({ description: "In what it was found: `content`, `commit` ..." }),
    }),
  )
  .meta({ id: "GithubAlerts" });

/** GitHub's list of public keys for its signatures. */
export const githubKeyList = z.object({
  public_keys: z
    .array(z.object({ key_identifier: z.string().max(200), key: z.string().max(2_000) }))
    .max(100),
});
