import { z } from "zod";
import { namespaceTypes } from "@/lib/core/access/namespace";
import { permissionPattern } from "@/lib/core/access/permission";

export const ipAddress = z.union(
  [z.ipv4().meta({ format: "ipv4" }), z.ipv6().meta({ format: "ipv6" })],
  "This is not an IP address",
);

/** The body of `POST /v1/keys/verify`. A malformed `key` is not an error; the response reports it. */
export const verifyKeyInput = z.strictObject({
  key: z.string("The token to verify is required"),
  permissions: z
    .array(z.string().regex(permissionPattern, "A permission has the form resource:action"))
    .max(100, "Ask for at most 100 permissions")
    .optional(),
  ip: ipAddress.optional().meta({
    description:
      "The address that the key was presented from. Without it, a key with allowed addresses is FORBIDDEN_IP.",
  }),
  namespace: z.strictObject({ type: z.enum(namespaceTypes), id: z.guid().toLowerCase() }).optional(),
});
export type VerifyKeyInput = z.infer<typeof verifyKeyInput>;

/** The body of `POST /v1/keys/verify-batch`. */
export const verifyBatchInput = z.strictObject({
  keys: z.array(verifyKeyInput).min(1).max(100, "Ask for at most 100 keys"),
});
