import { z } from "zod";

/**
 * What GitHub posts when its secret scanning found what looks like our tokens. These are GitHub's words and
 * not ours: what it adds one day is passed over, lest a leak goes unheard.
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

/** What stands at the address of the keys by which GitHub signs. */
export const githubKeyList = z.object({
  public_keys: z
    .array(z.object({ key_identifier: z.string().max(200), key: z.string().max(2_000) }))
    .max(100),
});
