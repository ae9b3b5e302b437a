import { hash } from "@node-rs/argon2";

/**
 * Hashes a test person's password with cheap parameters. The hash names its parameters, so it is checked like any
 * other. Passwords set through the product have the real parameters.
 */
export function cheapHash(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), { memoryCost: 8, timeCost: 1, parallelism: 1 });
}
