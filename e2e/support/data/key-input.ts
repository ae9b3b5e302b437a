import type { GenerateKeyInput } from "@/lib/schemas/key";

/** What the dialog "Generate New Key" sends: by default the least that it can. */
export function keyInput(
  organization: { readonly id: string },
  over: Partial<GenerateKeyInput> = {},
): GenerateKeyInput {
  return {
    name: "A key",
    description: "",
    type: "secret",
    accessLevel: "MEMBER",
    namespace: { type: "organization", id: organization.id },
    roles: ["full_access"],
    expiresAt: null,
    ...over,
  };
}
