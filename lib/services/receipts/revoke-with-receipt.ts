import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { log } from "@/lib/log";
import type { ActingContext } from "@/lib/services/access/key-context";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import type { RevocationReceipt } from "./read-revocation-receipt";
import { readReceipt } from "./read-revocation-receipt";

export type Revoked = {
  /** Null if it cannot be signed now, or if the key was revoked before receipts existed. */
  readonly receipt: RevocationReceipt | null;
};

/** Revokes a key and returns the receipt. */
export async function revokeWithReceipt(
  context: ActingContext,
  { keyId }: { readonly keyId: string },
): Promise<Result<Revoked>> {
  const revoked = await revokeKey(context, { keyId });
  return revoked.ok ? success({ receipt: await readReceiptOrNull(context, keyId) }) : revoked;
}

/** The receipt of a key that the caller has just revoked. Never throws, since the revocation is done in any case. */
export async function readReceiptOrNull(
  context: ActingContext,
  keyId: string,
): Promise<RevocationReceipt | null> {
  try {
    const shown = await readReceipt(context, keyId);
    return shown.ok ? shown.value : null;
  } catch (error) {
    log().warn(error, "a revocation receipt could not be shown");
    return null;
  }
}
