import type { Prisma } from "./generated/client";

/**
 * What proves a secret comes out of the database to who names it in a `select`, and never with a whole row. A test
 * holds that no such column is missing here.
 */
export const hiddenColumns = {
  user: { passwordHash: true },
  apiKeySecret: { hash: true },
  invitation: { tokenHash: true },
  passwordLink: { tokenHash: true },
  passwordReset: { tokenHash: true },
  refreshToken: { hash: true },
  setupToken: { hash: true },
  signingKey: { sealedPrivateKey: true },
} as const satisfies Prisma.GlobalOmitConfig;
