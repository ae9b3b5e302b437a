import { createHash, randomUUID } from "node:crypto";
import { keyContext } from "@/lib/services/access/key-context";
import type { KeyToImport } from "@/lib/services/keys/import/import-keys";
import { importKeys } from "@/lib/services/keys/import/import-keys";
import { authenticateToken } from "@/lib/verify/verdict/authenticate-token";
import type { TestKey } from "./test-key";
import { createTestKey } from "./test-key";
import type { TestOrganization } from "./test-organization";
import { value } from "./test-organization";

/** A token as another system made it. */
export function foreignToken(): string {
  return `sess-${randomUUID()}`;
}

/** The hash that an import sends of it. */
export function sha256Of(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Imports these tokens, with a new key of the organization. */
export async function importTestKeys(
  organization: Pick<TestOrganization, "id" | "userIds">,
  tokens: readonly string[],
  over: Partial<KeyToImport> = {},
): Promise<readonly TestKey[]> {
  const at = new Date();
  const mover = await createTestKey(organization);
  const caller = value(await authenticateToken(mover.token, at));
  const context = keyContext(caller, { at, address: null, userAgent: null, requestId: null });
  const keys = tokens.map((token) => ({
    sha256: sha256Of(token),
    name: "Imported",
    description: "",
    accessLevel: "ADMIN" as const,
    namespace: { type: "organization" as const, id: organization.id },
    roles: ["full_access"],
    expiresAt: null,
    ...over,
  }));
  const ids = value(await importKeys(context, { keys }));
  return tokens.map((token, index) => ({ id: ids[index] ?? "", token }));
}
