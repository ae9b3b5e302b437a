import { webhookId } from "@/lib/core/webhooks/webhook-id";
import { hmacSha256 } from "@/lib/token/hmac-sha256";
import { openSigningSecret } from "../signing-secret";
import type { Claimed } from "./claim-deliveries";

/**
 * The headers of an attempt according to Standard Webhooks, with one signature for each valid secret.
 * (https://github.com/standard-webhooks/standard-webhooks, "Signature scheme")
 *
 * @returns null if this process cannot open any secret
 */
export function signDelivery(
  { id, endpointId, payload, ...stored }: Claimed,
  now: Date,
): Record<string, string> | null {
  const { sealedSecret, pepperVersion, previousSecret, previousVersion } = stored;
  const current = openSigningSecret(endpointId, sealedSecret, pepperVersion);
  const previous =
    previousSecret === null || previousVersion === null
      ? null
      : openSigningSecret(endpointId, previousSecret, previousVersion);
  const secrets = [current, previous].filter((secret) => secret !== null);
  if (secrets.length === 0) return null;
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signed = `${webhookId(id)}.${timestamp}.${payload}`;
  return {
    "webhook-id": webhookId(id),
    "webhook-timestamp": timestamp,
    "webhook-signature": secrets
      .map((secret) => `v1,${hmacSha256(signed, secret).toString("base64")}`)
      .join(" "),
  };
}
