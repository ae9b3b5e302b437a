import { z } from "zod";
import { accessLevels } from "@/lib/core/access-level";
import { namespaceTypes } from "@/lib/core/namespace";
import { generateKeyInput, updateKeyInput } from "./key";

const { name, description, type, roles } = generateKeyInput.shape;

/** The body of `POST /v1/keys`. */
export const createKeyBody = z
  .strictObject({
    name,
    description: description.default(""),
    type: type.default("secret"),
    access_level: z.enum(accessLevels).meta({ description: "Strictly below that of the key that asks." }),
    namespace: z
      .strictObject({ type: z.enum(namespaceTypes), id: z.guid().toLowerCase() })
      .optional()
      .meta({ description: "The namespace of the key that asks, which is the default." }),
    roles: roles.meta({ description: "Ids of roles. None means no permissions." }),
    expires_at: z.iso
      .datetime({ offset: true })
      .refine(
        (text) => Date.parse(text) <= Date.UTC(9999, 11, 31),
        "This is too far away; choose never instead",
      )
      .nullable()
      .default(null)
      .meta({ description: "Never changes. Null: never, if the key that asks never expires either." }),
  })
  .refine((input) => input.type === "secret" || input.access_level === "MEMBER", {
    path: ["access_level"],
    message: "A public key has the access level MEMBER",
  });

/** The body of `PATCH /v1/keys/{id}`. What is left out stays. */
export const updateKeyBody = z.strictObject({
  name: updateKeyInput.shape.name.optional(),
  description: updateKeyInput.shape.description.optional(),
  roles: roles.optional(),
});
