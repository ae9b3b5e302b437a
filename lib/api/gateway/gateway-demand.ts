import { z } from "zod";
import { verifyKeyInput } from "@/lib/schemas/verify-key";

/** The three parts of the address that a gateway asks at. `-` stands for nothing. */
export const gatewayParams = z.strictObject({
  organization: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,59}$/)
    .meta({ description: "The slug of the organization whose keys are accepted." }),
  permissions: z
    .string()
    .regex(/^[a-z0-9_:,-]+$/)
    .meta({ description: "The permissions that the key needs, with commas between them; `-` for none." }),
  namespace: z
    .string()
    .regex(/^(?:-|[a-z]+:[0-9A-Fa-f-]{36})$/)
    .meta({ description: "The namespace that the key has to be of, as `type:id`; `-` for any." }),
});

/** Everything after the third part is the client's own path, and everything after `?` its query. */
const address = /^\/v1\/(?:forward-auth|auth-request)\/([^/?]+)\/([^/?]+)\/([^/?]+)(?:[/?]|$)/;
const demand = verifyKeyInput.pick({ permissions: true, namespace: true });

/**
 * Reads what a gateway asks of a key from the address that it asks at. The address is taken as it was sent: if `..`
 * were resolved here, a client's path at its end could take the demand away.
 *
 * @returns null if it is not understood
 */
export function readGatewayDemand(url: string) {
  const [organization, permissions, namespace] = (address.exec(url) ?? []).slice(1).map(decodeURIComponent);
  const params = gatewayParams.safeParse({ organization, permissions, namespace });
  if (!params.success) return null;
  const [type, id] = params.data.namespace.split(":");
  const read = demand.safeParse({
    ...(permissions === "-" ? {} : { permissions: params.data.permissions.split(",") }),
    ...(namespace === "-" ? {} : { namespace: { type, id } }),
  });
  return read.success ? { organization: params.data.organization, ...read.data } : null;
}
