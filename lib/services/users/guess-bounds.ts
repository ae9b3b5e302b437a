import type { Origin } from "@/lib/services/access/context";
import { addressSubject } from "@/lib/services/throttle/address-subject";
import type { Throttle } from "@/lib/services/throttle/throttle";

/** Who tries a password. Only a session that is live, or a browser that was found to be known, may say so. */
export type Guesser =
  | { readonly kind: "anybody" }
  | { readonly kind: "browser"; readonly browserId: string }
  | { readonly kind: "session"; readonly sessionId: string };

export type GuessBound = {
  readonly throttle: Throttle;
  readonly subject: string;
  /** Only this guesser counts here, so a success forgets the failures. Others keep theirs. */
  readonly isOwn: boolean;
  /** Says something about one account, not only about an address. */
  readonly isOfAccount: boolean;
};

const windowMs = 15 * 60 * 1000;

const addressThrottle: Throttle = { name: "password:address", attempts: 50, windowMs };
export const accountAtAddressThrottle: Throttle = {
  name: "password:account-at-address",
  attempts: 10,
  windowMs,
};
export const accountThrottle: Throttle = { name: "password:account", attempts: 100, windowMs };
const browserThrottle: Throttle = { name: "password:browser", attempts: 10, windowMs };
const sessionThrottle: Throttle = { name: "password:session", attempts: 10, windowMs };

/**
 * The bounds that a guess has to pass, in the order in which they are counted.
 *
 * Guesses from one address at one account are few, so that nobody at another address is locked out by them.
 * The bound of the account alone is wide, and holds against guesses from many addresses. A live session and a
 * browser that signed in before have a bound of their own, which nobody else can use up.
 */
export function guessBounds(email: string, { address }: Origin, guesser: Guesser): readonly GuessBound[] {
  if (guesser.kind === "session") return [own(sessionThrottle, guesser.sessionId)];
  if (guesser.kind === "browser") return [own(browserThrottle, guesser.browserId)];
  const from = addressSubject(address);
  return [
    // First: an address that is refused must not go on to lock account after account.
    { throttle: addressThrottle, subject: from, isOwn: false, isOfAccount: false },
    own(accountAtAddressThrottle, `${email} ${from}`),
    { throttle: accountThrottle, subject: email, isOwn: false, isOfAccount: true },
  ];
}

function own(throttle: Throttle, subject: string): GuessBound {
  return { throttle, subject, isOwn: true, isOfAccount: true };
}
