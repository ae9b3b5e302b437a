import { database } from "@/lib/db/client";
import type { Env } from "@/lib/env";
import { bootstrapOwner } from "@/lib/services/setup/bootstrap-owner";
import { issueSetupToken } from "@/lib/services/setup/issue-setup-token";

/** While there is no user: makes the owner that the environment names, or gives the one-time setup address. */
export async function firstOwner(env: Env): Promise<string | null> {
  if ((await database().user.count()) > 0) return null;
  if (env.bootstrapOwner !== undefined) {
    await bootstrapOwner(env.bootstrapOwner);
    return null;
  }
  return `${env.appUrl}/setup?token=${await issueSetupToken()}`;
}
