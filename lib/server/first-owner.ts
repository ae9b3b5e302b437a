import { database } from "@/lib/db/client";
import type { Env } from "@/lib/env";
import { EnvironmentError } from "@/lib/load-env";
import { bootstrapOwner } from "@/lib/services/setup/bootstrap-owner";
import { issueSetupToken } from "@/lib/services/setup/issue-setup-token";

/** While there are no users, creates the owner named in the environment, or returns the one-time setup URL. */
export async function firstOwner(env: Env): Promise<string | null> {
  if ((await database().user.count()) > 0) return null;
  if (env.bootstrapOwner !== undefined) {
    const made = await bootstrapOwner(env.bootstrapOwner);
    if (made.ok) return null;
    throw new EnvironmentError([`BOOTSTRAP_OWNER_PASSWORD: ${made.fields?.[0]?.message ?? made.detail}`]);
  }
  return `${env.appUrl}/setup?token=${await issueSetupToken()}`;
}
