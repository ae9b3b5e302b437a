import { database } from "@/lib/db/client";
import type { Origin } from "@/lib/services/access/context";
import { addressSubject, networkSubject } from "@/lib/services/throttle/address-subject";
import type { Throttle } from "@/lib/services/throttle/throttle";
import { throttleKey } from "@/lib/services/throttle/throttle";

/** Who is trying a password. Use "session" only for a live session, "browser" only for a verified known browser. */
export type Guesser =
  | { readonly kind: "anybody" }
  | { readonly kind: "browser"; readonly browserId: string }
  | { readonly kind: "session"; readonly sessionId: string };

export type GuessBound = {
  readonly throttle: Throttle;
  readonly subject: string;
  /**
   * Whether only this guesser counts against the bound, so that a success clears it. Shared bounds keep their count.
   */
  readonly isOwn: boolean;
  /** Whether the bound concerns one account, not just an address. */
  readonly isOfAccount: boolean;
};

const windowMs = 15 * 60 * 1000;

const addressThrottle: Throttle = { name: "password:address", attempts: 50, windowMs };
const accountAtAddressThrottle: Throttle = {
  name: "password:account-at-address",
  attempts: 10,
  windowMs,
};
/** Wider than the two above, since a /48 can belong to a company or a street. */
const networkThrottle: Throttle = { name: "password:network", attempts: 500, windowMs };
/** Half of the account's bound, so that whoever has one such network cannot keep people elsewhere from signing in. */
const accountAtNetworkThrottle: Throttle = {
  name: "password:account-at-network",
  attempts: 50,
  windowMs,
};
const accountThrottle: Throttle = { name: "password:account", attempts: 100, windowMs };
const browserThrottle: Throttle = { name: "password:browser", attempts: 10, windowMs };
const sessionThrottle: Throttle = { name: "password:session", attempts: 10, windowMs };

/**
 * The bounds that a guess must pass, in the order they are counted.
 *
 * The bound per account and address is tight, so an attacker does not lock out people at other addresses. An IPv6
 * address counts as its /64 and as its /48. The bound per account is wide and stops guesses from many addresses. A live
 * session and a known browser each have their own bound, which nobody else can use up.
 */
export function guessBounds(email: string, { address }: Origin, guesser: Guesser): readonly GuessBound[] {
  if (guesser.kind === "session") return [own(sessionThrottle, guesser.sessionId)];
  if (guesser.kind === "browser") return [own(browserThrottle, guesser.browserId)];
  const from = addressSubject(address);
  const network = networkSubject(address);
  const around = network === null ? [] : [network];
  return [
    // This comes first, so that a refused address cannot go on to lock one account after another.
    { throttle: addressThrottle, subject: from, isOwn: false, isOfAccount: false },
    ...around.map((subject) => ({
      throttle: networkThrottle,
      subject,
      isOwn: false,
      isOfAccount: false,
    })),
    own(accountAtAddressThrottle, `${email} ${from}`),
    ...around.map((subject) => own(accountAtNetworkThrottle, `${email} ${subject}`)),
    { throttle: accountThrottle, subject: email, isOwn: false, isOfAccount: true },
  ];
}

function own(throttle: Throttle, subject: string): GuessBound {
  return { throttle, subject, isOwn: true, isOfAccount: true };
}

/** Clears the failed guesses counted against an account, after its owner or an operator unlocks it. */
export async function forgetGuesses(email: string): Promise<void> {
  const atAddresses = `${throttleKey(accountAtAddressThrottle, email)} `;
  const atNetworks = `${throttleKey(accountAtNetworkThrottle, email)} `;
  await database().$executeRaw`
    DELETE FROM throttles WHERE key = ${throttleKey(accountThrottle, email)}
      OR starts_with(key, ${atAddresses}) OR starts_with(key, ${atNetworks})`;
}
