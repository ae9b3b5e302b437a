import { z } from "zod";
import { verifyKeyInput } from "@/lib/schemas/verify-key";

export const verifyBatchInput = z.strictObject({
  keys: z.array(verifyKeyInput).min(1).max(100, "Ask for at most 100 keys"),
});
