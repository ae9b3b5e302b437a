import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";

/** Why a key that is bound to addresses is refused. It says what was seen, which behind a proxy is what to mend. */
export function forbiddenFrom(address: string | null): Failure {
  return failure(
    "forbidden",
    address === null
      ? "This key may be used from certain addresses only, and from where it was used is not known."
      : `This key may not be used from ${address}: it is bound to other addresses.`,
  );
}
