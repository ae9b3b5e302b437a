import { z } from "zod";
import { verifyKeyInput } from "@/lib/schemas/verify-key";

/** The three parts of a gateway's URL path. `-` leaves a part out. */
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

/** After the third part comes the client's own path, and after `?` its query. */
const address = /^\/v1\/(?:forward-auth|auth-request)\/([^/?]+)\/([^/?]+)\/([^/?]+)(?:[/?]|$)/;
const demand = verifyKeyInput.pick({ permissions: true, namespace: true });

/**
 * Parses the requirements for a key from a gateway's URL. The path is not normalized: if `..` were resolved here, the
 * client's path at its end could remove a requirement.
 *
 * @returns null if the URL is invalid
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
