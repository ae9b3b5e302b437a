import { database } from "@/lib/db/client";
import { throttleKey } from "@/lib/services/throttle/throttle";
import { accountAtAddressThrottle, accountThrottle } from "./guess-bounds";

/** Whoever proves by a mailed link that the account is theirs is not held back by anybody's guesses. */
export async function forgetGuesses(email: string): Promise<void> {
  const atAddresses = `${throttleKey(accountAtAddressThrottle, email)} `;
  await database().$executeRaw`
    DELETE FROM throttles
    WHERE key = ${throttleKey(accountThrottle, email)} OR starts_with(key, ${atAddresses})`;
}
