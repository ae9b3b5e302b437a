import type { KeyImpact } from "@/lib/services/keys/read/key-view";

/** Where the last call came from and which client made it, as far as we know. */
export function lastUseFacts({ lastUsedAddress, lastUsedClient }: KeyImpact): (readonly [string, string])[] {
  return [
    ...(lastUsedAddress === null ? [] : [["From", lastUsedAddress] as const]),
    ...(lastUsedClient === null ? [] : [["By", lastUsedClient] as const]),
  ];
}
