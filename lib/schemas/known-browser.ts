import { z } from "zod";

/** What the cookie of a browser that signed in before holds. */
export const knownBrowser = z.object({
  browserId: z.uuid(),
  userId: z.uuid(),
  passwordTag: z.string().regex(/^[\w-]{22}$/),
});
