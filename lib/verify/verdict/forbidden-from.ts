import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";

/**
 * The failure of a key used from an address that it is not bound to. It names the address that was seen: behind a
 * proxy, that shows what to fix.
 */
export function forbiddenFrom(address: string | null): Failure {
  return failure(
    "forbidden",
    address === null
      ? "This key may only be used from certain addresses, and the address it was used from is unknown."
      : `This key may not be used from ${address}: it is restricted to other addresses.`,
  );
}
