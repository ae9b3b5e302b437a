import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import { email, newPassword } from "./account";
import { plainText } from "./fields/plain-text";

export const createUserInput = z.strictObject({
  email,
  name: plainText({ label: "Name", minimum: 1, maximum: 100 }),
  accessLevel: z.enum(accessLevels, "Choose an access level"),
});
export type CreateUserInput = z.infer<typeof createUserInput>;

export const setFirstPasswordInput = z.strictObject({ token: z.string().max(200), password: newPassword });
export type SetFirstPasswordInput = z.infer<typeof setFirstPasswordInput>;
