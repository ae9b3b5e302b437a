import type { AccessLevel } from "@/lib/core/access-level";
import type { KeyType } from "@/lib/core/effective-permissions";
import type { Namespace } from "@/lib/core/namespace";
import type { KeyCreators, Permission } from "@/lib/core/permission";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";

declare const scope: unique symbol;

/**
 * The id of the organization that an actor was found to belong to. Only this file and the
 * authentication of keys make one, so a query that takes it is a query of that tenant's own data.
 */
export type OrganizationId = string & { readonly [scope]: "organization" };

/** When, from where and by what a request came. */
export type Origin = {
  readonly at: Date;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
};

export type UserActor = {
  readonly kind: "user";
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly sessionId: string;
  /** When the password was last entered in this session. */
  readonly authenticatedAt: Date;
};

export type KeyActor = {
  readonly kind: "key";
  /** 16 characters, without `key_`. */
  readonly keyId: string;
  readonly name: string;
  readonly type: KeyType;
  readonly creatorId: string;
  readonly namespace: Namespace;
  readonly permissions: readonly Permission[];
  /** When the credential ends with which it asks: the key, or before it the token's family. */
  readonly expiresAt: Date | null;
  /** The user whom its access token acts for; null when it acts for itself. */
  readonly onBehalfOf: string | null;
  /** An access token was presented, which holds for minutes what the key itself holds for good. */
  readonly byAccessToken: boolean;
  /** The family of that token, and when that ends. */
  readonly family: { readonly id: string; readonly expiresAt: Date } | null;
};

export type SystemActor = { readonly kind: "system"; readonly name: string };

export type Organization = {
  readonly id: OrganizationId;
  readonly slug: string;
  readonly name: string;
  readonly keyCreators: KeyCreators;
};

/** Who asks, in which organization, with which access level there. Every verb takes it first. */
export type Context<Actor = UserActor | KeyActor | SystemActor> = {
  readonly organization: Organization;
  readonly actor: Actor;
  readonly level: AccessLevel;
  readonly origin: Origin;
};

export type MemberContext = Context<UserActor>;

/**
 * The context of a signed-in person in an organization, from the database's state now. An organization
 * that does not exist and one they are no member of are the same answer.
 */
export async function memberContext(
  actor: UserActor,
  organizationSlug: string,
  origin: Origin,
): Promise<Result<MemberContext>> {
  // PostgreSQL refuses NUL in text, and no address holds one.
  const slug = /^[a-z0-9-]{1,100}$/.test(organizationSlug) ? organizationSlug : "";
  const member = await database().member.findFirst({
    where: { userId: actor.userId, organization: { slug } },
    select: { accessLevel: true, organization: true },
  });
  if (member === null) return failure("not_found", "There is no such organization.");
  const { id, name, keyCreators } = member.organization;
  return success({
    organization: { id: id as OrganizationId, slug, name, keyCreators },
    actor,
    level: member.accessLevel,
    origin,
  });
}
