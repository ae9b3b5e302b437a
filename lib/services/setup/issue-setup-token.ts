import { database } from "@/lib/db/client";
import { hashLinkToken, randomLinkToken } from "@/lib/token/link-token";

/**
 * Creates a single-use token for `/setup?token=...`. Print it only where the server's operator can read it. Several
 * can exist (one per start without a user); the first setup removes them all.
 */
export async function issueSetupToken(): Promise<string> {
  const token = randomLinkToken();
  await database().setupToken.create({ data: { hash: hashLinkToken(token) } });
  return token;
}

/** Whether this token can set up the installation. Setup removes all tokens, so an existing row is enough. */
export async function isSetupOpen(token: string): Promise<boolean> {
  return (await database().setupToken.count({ where: { hash: hashLinkToken(token) } })) > 0;
}
