import { z } from "zod";

/** The content of a known browser's cookie. */
export const knownBrowser = z.object({
  browserId: z.uuid(),
  userId: z.uuid(),
  passwordTag: z.string().regex(/^[\w-]{22}$/),
});
