import { randomBytes } from "node:crypto";
import { database } from "@/lib/db/client";
import { hashSetupToken } from "./setup-token";

/**
 * A new one-time token for `/setup?token=...`, to be printed where only who runs the server reads it.
 * Several can be out (one for each start without a user); the first setup ends them all.
 */
export async function issueSetupToken(): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await database().setupToken.create({ data: { hash: hashSetupToken(token) } });
  return token;
}
