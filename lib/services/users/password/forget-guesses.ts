import { database } from "@/lib/db/client";
import { throttleKey } from "@/lib/services/throttle/throttle";
import { accountAtAddressThrottle, accountThrottle } from "./guess-bounds";

/** Clears the failed guesses counted against an account, after its owner or an operator unlocks it. */
export async function forgetGuesses(email: string): Promise<void> {
  const atAddresses = `${throttleKey(accountAtAddressThrottle, email)} `;
  await database().$executeRaw`
    DELETE FROM throttles
    WHERE key = ${throttleKey(accountThrottle, email)} OR starts_with(key, ${atAddresses})`;
}
