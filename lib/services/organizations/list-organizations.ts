import type { KeyCreators } from "@/lib/core/access/permission";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { KeyContext } from "@/lib/services/access/key-context";

export type OrganizationView = {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  /** Who may create keys. Undefined for public keys and for keys of other namespaces. */
  readonly keyCreators?: KeyCreators | undefined;
  /** Whether its keys need an expiry. Undefined for the same keys. */
  readonly requireExpiry?: boolean | undefined;
  readonly maximumLifetimeDays?: number | null | undefined;
  readonly auditRetentionDays?: number | null | undefined;
  readonly pauseLeakedKeys?: boolean | undefined;
  /** Null if its tokens start with `lk`. */
  readonly tokenPrefix: string | null;
  readonly createdAt: Date;
};

/** The organizations that a key can reach: always exactly one, the one that its namespace belongs to. */
export async function listOrganizations(context: KeyContext): Promise<Result<OrganizationView[]>> {
  if (!context.actor.permissions.includes("organizations:read")) {
    return failure("forbidden", "This needs the permission organizations:read.");
  }
  const organizations = await database().organization.findMany({
    where: { id: context.organization.id },
    select: {
      ...({ id: true, name: true, slug: true, createdAt: true, tokenPrefix: true } as const),
      ...({ keyCreators: true, requireExpiry: true, maximumLifetimeDays: true } as const),
      ...({ auditRetentionDays: true, pauseLeakedKeys: true } as const),
    },
  });
  const { type, namespace } = context.actor;
  const seesSettings = type === "secret" && namespace.type === "organization";
  return success(
    organizations.map((found) => {
      const { id, name, slug, createdAt, tokenPrefix } = found;
      return seesSettings ? found : { id, name, slug, createdAt, tokenPrefix };
    }),
  );
}
