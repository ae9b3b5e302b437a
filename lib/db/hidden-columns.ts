import type { Prisma } from "./generated/client";

/**
 * The columns that hold secrets or their hashes. They are read only if a `select` names them, never with a whole row. A
 * test checks that none is missing here.
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
  webhookEndpoint: { sealedSecret: true, previousSecret: true },
} as const satisfies Prisma.GlobalOmitConfig;
