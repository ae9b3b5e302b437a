import { z } from "zod";
import type { Result } from "@/lib/core/result";
import { mapResult } from "@/lib/core/result";
import type { KeyContext } from "@/lib/services/access/key-context";
import { changeAndShow } from "@/lib/services/keys/read/keys-of-key";
import { apiKeyToJson } from "../shapes/key-json";

export const seen = "A key sees only the keys of its own namespace.";
export const below = "Only for keys below the calling key's level.";
export const token = z.string().optional().meta({
  description: "Returned once: not when the request is repeated, and never later.",
});
export const note = z.string().optional().meta({
  description: "Only when the request is sent again: how to go on without the token.",
});

/** Makes a change and answers with the key as it is now. */
export async function changedKey(context: KeyContext, keyId: string, change: () => Promise<Result<null>>) {
  return mapResult(await changeAndShow(context, keyId, change), apiKeyToJson);
}
