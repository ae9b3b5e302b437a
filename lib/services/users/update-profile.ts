import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { ProfileInput } from "@/lib/schemas/account";
import type { UserActor } from "@/lib/services/context";

/** Changes the name by which others see the person. */
export async function updateProfile(actor: UserActor, input: ProfileInput): Promise<Result<null>> {
  await database().user.update({ where: { id: actor.userId }, data: { name: input.name } });
  return success(null);
}
