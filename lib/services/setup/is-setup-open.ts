import { database } from "@/lib/db/client";
import { hashLinkToken } from "@/lib/token/link-token";

/** Whether this token can set up the installation. Setup removes all tokens, so an existing row is enough. */
export async function isSetupOpen(token: string): Promise<boolean> {
  return (await database().setupToken.count({ where: { hash: hashLinkToken(token) } })) > 0;
}
