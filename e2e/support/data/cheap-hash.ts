import { hash } from "@node-rs/argon2";

/**
 * Hashes a password of a test's person. It is checked like any other, without the work that makes guessing expensive:
 * the hash names its parameters. Passwords that are set through the product have the real ones.
 */
export function cheapHash(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), { memoryCost: 8, timeCost: 1, parallelism: 1 });
}
