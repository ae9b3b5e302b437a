import type { AccessLevel } from "@/lib/core/access-level";
import { lowerOf } from "@/lib/core/access-level";
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

/** As a Context, of whose organization only that is known which a verdict on a key depends on. */
export type KeyContext = Omit<Context<KeyActor>, "organization"> & {
  readonly organization: Pick<Organization, "id" | "keyCreators">;
};

/** Of the verbs that people and keys both have. */
export type ActingContext = MemberContext | KeyContext;

/** Whose grants count: a key acts for its creator and is bounded by what they have. */
export function actsFor(actor: UserActor | KeyActor): string {
  return actor.kind === "user" ? actor.userId : actor.creatorId;
}

/** The context of a key that proved itself: its organization is the only one it reaches. */
export function keyContext(authenticated: AuthenticatedKey, origin: Origin): KeyContext {
  const { key, permissions, accessToken } = authenticated;
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
      expiresAt: firstOf(key.expiresAt, accessToken?.family.expiresAt ?? null),
      onBehalfOf: accessToken?.user?.id ?? null,
      byAccessToken: accessToken !== null,
      family: accessToken?.family ?? null,
    },
    level: actingLevel(authenticated),
    origin,
  };
}

/**
 * The level at which a key acts now: the lowest of its own, its creator's, and for an access token that of
 * its issue and that of the user it acts for.
 */
export function actingLevel({ key, accessToken }: AuthenticatedKey): AccessLevel {
  // Without a grant left there is no permission either, so the level can do no harm.
  const own = lowerOf(key.accessLevel, key.creatorLevel ?? "MEMBER");
  if (accessToken === null) return own;
  const issued = lowerOf(own, accessToken.accessLevel);
  return accessToken.user === null ? issued : lowerOf(issued, accessToken.user.level);
}

/** The earlier of two ends; null is none. */
export function firstOf(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one <= other ? one : other;
}
