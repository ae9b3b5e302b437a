import { database } from "@/lib/db/client";
import { hashSetupToken } from "./setup-token";

/** May the holder of this token set the installation up? A setup removes every token, so a row says it all. */
export async function isSetupOpen(token: string): Promise<boolean> {
  return (await database().setupToken.count({ where: { hash: hashSetupToken(token) } })) > 0;
}
