import type { ValidVerification } from "./verification";

/**
 * The verdict that a middleware put on the request: whose key it is and what it may do.
 *
 * @throws Error when no middleware of this library let the request in: a route without one is open to everybody
 */
export function verificationOf(request: object): ValidVerification {
  const { latchkey } = request as { readonly latchkey?: ValidVerification };
  if (latchkey === undefined) throw new Error("No Latchkey middleware runs before this route.");
  return latchkey;
}
