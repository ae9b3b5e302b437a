import { hash, verify } from "@node-rs/argon2";
import { remember } from "@/lib/remember";

/** OWASP's first choice for argon2id: 46 MiB, one pass, one lane. */
const parameters = { memoryCost: 47_104, timeCost: 1, parallelism: 1 };

/** The hash of a password that nobody knows, with the parameters above. See `passwordMatches`. */
const hashOfNobody =
  "$argon2id$v=19$m=47104,t=1,p=1$B/EYv12mPKW+Bb092+gMCQ$99eJ3yktSo45asfHkHg49sBSfc6Lfnol7inlA3O8zBU";

/** argon2id in PHC format. NFKC, because two keyboards can send the same text as different code points. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize("NFKC"), parameters));
}

/** Thrown when too many strangers wait for a check; nothing was checked. */
export class TooManyWaiting extends Error {}

/**
 * Whether the password matches the hash. Without a hash (an unknown email, or no password set yet) it does the same
 * work and returns false, so timing reveals nothing.
 *
 * @param isStranger whether the caller has neither a session nor a known browser; strangers wait for everybody else
 * @throws TooManyWaiting for a stranger, if too many are waiting
 */
export async function passwordMatches(
  password: string,
  passwordHash: string | null,
  isStranger = false,
): Promise<boolean> {
  const check = () => verify(passwordHash ?? hashOfNobody, password.normalize("NFKC"));
  const matches = await inTurn(check, isStranger);
  return matches && passwordHash !== null;
}

/** Each hash takes 46 MiB and a core: a flood of sign-ins must not exhaust memory or stall the API. */
const atOnce = 2;
/** A few seconds' worth. A flood from many networks passes the bounds per network, and nobody should wait behind it. */
const mostStrangers = 100;
type Turns = { running: number; waiting: (() => void)[]; strangers: (() => void)[] };

async function inTurn<T>(work: () => Promise<T>, isStranger = false): Promise<T> {
  const turns = remember<Turns>("latchkeyHashing", () => ({ running: 0, waiting: [], strangers: [] }));
  const queue = isStranger ? turns.strangers : turns.waiting;
  if (turns.running < atOnce) turns.running++;
  else if (isStranger && queue.length >= mostStrangers) throw new TooManyWaiting();
  else await new Promise<void>((resolve) => queue.push(resolve));
  try {
    return await work();
  } finally {
    const next = turns.waiting.shift() ?? turns.strangers.shift();
    // The next waiting task takes over this slot, so the count stays the same.
    if (next === undefined) turns.running--;
    else next();
  }
}
