import { randomBytes } from "node:crypto";
import { env } from "@/lib/env";
import { seal, unseal } from "@/lib/token/seal";

const prefix = "whsec_";

/** A new secret for signing an endpoint's deliveries, as its owner sees it once and as it is stored. */
export function makeSigningSecret(endpointId: string) {
  const { current, byVersion } = env().peppers;
  const pepper = byVersion.get(current);
  if (pepper === undefined) throw new Error(`pepper version ${current} is not loaded`);
  const bytes = randomBytes(32);
  return {
    signingSecret: `${prefix}${bytes.toString("base64")}`,
    stored: { sealedSecret: seal(bytes, pepper, sealedFor(endpointId)), pepperVersion: current },
  };
}

/** The bytes of a stored secret; null if this process does not have the pepper that sealed it. */
export function openSigningSecret(
  endpointId: string,
  sealedSecret: Uint8Array,
  pepperVersion: number,
): Buffer | null {
  const pepper = env().peppers.byVersion.get(pepperVersion);
  if (pepper === undefined) return null;
  try {
    return unseal(sealedSecret, pepper, sealedFor(endpointId));
  } catch {
    // This process has a different pepper with the same version number.
    return null;
  }
}

/** Binds a secret to its endpoint, so that a copy in another row does not open. */
function sealedFor(endpointId: string): string {
  return `webhook secret ${endpointId}`;
}
