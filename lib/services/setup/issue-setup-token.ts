import { database } from "@/lib/db/client";
import { hashLinkToken, randomLinkToken } from "@/lib/token/link-token";

/**
 * A new one-time token for `/setup?token=...`, to be printed where only who runs the server reads it.
 * Several can be out (one for each start without a user); the first setup ends them all.
 */
export async function issueSetupToken(): Promise<string> {
  const token = randomLinkToken();
  await database().setupToken.create({ data: { hash: hashLinkToken(token) } });
  return token;
}
