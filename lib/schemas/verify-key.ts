import { z } from "zod";
import { namespaceTypes } from "@/lib/core/namespace";
import { permissionPattern } from "@/lib/core/permission";

const address = z.union(
  [z.ipv4().meta({ format: "ipv4" }), z.ipv6().meta({ format: "ipv6" })],
  "This is not an IP address",
);

/** The body of `POST /v1/keys/verify`. Whether `key` is a whole token is part of the answer. */
export const verifyKeyInput = z.strictObject({
  key: z.string("The token to verify is required"),
  permissions: z
    .array(z.string().regex(permissionPattern, "A permission is resource:action"))
    .max(100, "Ask for at most 100 permissions")
    .optional(),
  /** Where the one who presented the key is. */
  ip: address.optional(),
  namespace: z.strictObject({ type: z.enum(namespaceTypes), id: z.guid().toLowerCase() }).optional(),
});
export type VerifyKeyInput = z.infer<typeof verifyKeyInput>;
