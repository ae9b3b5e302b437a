import { database } from "@/lib/db/client";
import { hashLinkToken } from "@/lib/token/link-token";

/** May the holder of this token set the installation up? A setup removes every token, so a row says it all. */
export async function isSetupOpen(token: string): Promise<boolean> {
  return (await database().setupToken.count({ where: { hash: hashLinkToken(token) } })) > 0;
}
