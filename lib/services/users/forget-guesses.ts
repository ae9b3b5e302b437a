import { database } from "@/lib/db/client";

/**
 * Forgets the wrong guesses at an account, from wherever they came. For a person who has shown by a link that the
 * account is theirs, or whom the operator vouches for: a lock-out by others must not outlast that.
 *
 * @param email in lower case
 */
export async function forgetGuesses(email: string): Promise<void> {
  const ofAccount = `password:account:${email}`;
  const atAddress = "password:account-at-address:";
  // The subject ends in the email, after a space, which no email has.
  await database().$executeRaw`
    DELETE FROM throttles
    WHERE key = ${ofAccount} OR (starts_with(key, ${atAddress}) AND right(key, length(${email}) + 1) = ${` ${email}`})`;
}
