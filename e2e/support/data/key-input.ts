import type { GenerateKeyInput } from "@/lib/schemas/key";

/** The input of the dialog "Generate New Key": the minimum by default. */
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
