import type { AccessLevel } from "@/lib/core/access/access-level";
import { lowerOf } from "@/lib/core/access/access-level";
import { effectiveEnd } from "@/lib/core/keys/effective-end";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";
import type {
  Context,
  KeyActor,
  MemberContext,
  Organization,
  OrganizationId,
  Origin,
  UserActor,
} from "./context";

/** A Context with only those fields of the organization that a verdict on a key depends on. */
export type KeyContext = Omit<Context<KeyActor>, "organization"> & {
  readonly organization: Pick<Organization, "id" | "keyCreators">;
};

/** The context of a verb that both people and keys may call. */
export type ActingContext = MemberContext | KeyContext;

/** The user whose grants count: a key acts for its creator and is limited to their grants. */
export function actsFor(actor: UserActor | KeyActor): string {
  return actor.kind === "user" ? actor.userId : actor.creatorId;
}

/** The context of an authenticated key. Its organization is the only one it can reach. */
export function keyContext(authenticated: AuthenticatedKey, origin: Origin): KeyContext {
  const { key, secretId, permissions, accessToken } = authenticated;
  return {
    organization: { id: key.organizationId as OrganizationId, keyCreators: key.keyCreators },
    actor: {
      kind: "key",
      keyId: key.id,
      name: key.name,
      type: key.type,
      creatorId: key.creatorId,
      namespace: key.namespace,
      permissions,
      expiresAt: firstOf(effectiveEnd(key), accessToken?.family.expiresAt ?? null),
      onBehalfOf: accessToken?.user?.id ?? null,
      secretId,
      byAccessToken: accessToken !== null,
      token: accessToken,
      family: accessToken?.family ?? null,
    },
    level: actingLevel(authenticated),
    origin,
  };
}

/**
 * The level a key acts at: the lowest of its own and its creator's, and for an access token also the level it was
 * issued with and that of the user it acts for.
 */
export function actingLevel({ key, accessToken }: AuthenticatedKey): AccessLevel {
  // Without a grant there are no permissions either, so this default grants nothing.
  const own = lowerOf(key.accessLevel, key.creatorLevel ?? "MEMBER");
  if (accessToken === null) return own;
  const issued = lowerOf(own, accessToken.accessLevel);
  return accessToken.user === null ? issued : lowerOf(issued, accessToken.user.level);
}

/** The earlier of two ends; null means never. */
export function firstOf(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one <= other ? one : other;
}
