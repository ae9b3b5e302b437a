import type { AccessLevel } from "@/lib/core/access/access-level";
import type { KeyType } from "@/lib/core/access/effective-permissions";
import type { Namespace } from "@/lib/core/access/namespace";
import type { KeyCreators, Permission } from "@/lib/core/access/permission";
import type { LifetimePolicy } from "@/lib/core/keys/effective-end";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { AuthenticatedToken } from "@/lib/verify/verdict/authenticated-key";

declare const scope: unique symbol;

/**
 * The id of an organization that the actor belongs to, or that a verb read from the database itself. Queries that take
 * it only read that tenant's data.
 */
export type OrganizationId = string & { readonly [scope]: "organization" };

/** When a request arrived, from where and with which client. */
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
  /** When the caller's credential ends: the key, or its token's family if that ends earlier. */
  readonly expiresAt: Date | null;
  /** The user its access token acts for; null if it acts for itself. */
  readonly onBehalfOf: string | null;
  /** The secret that was presented, or that its access token was granted with. */
  readonly secretId: string;
  /** The caller presented an access token, which lasts minutes, instead of the key itself. */
  readonly byAccessToken: boolean;
  /** That token; null without one. */
  readonly token: Pick<AuthenticatedToken, "id" | "signingKeyId" | "expiresAt"> | null;
  /** That token's family and when it ends; null without a token. */
  readonly family: { readonly id: string; readonly expiresAt: Date } | null;
};

export type SystemActor = { readonly kind: "system"; readonly name: string };

export type Organization = {
  readonly id: OrganizationId;
  readonly slug: string;
  readonly name: string;
  readonly keyCreators: KeyCreators;
} & LifetimePolicy;

/** The actor, their organization and their access level in it. The first argument of every verb. */
export type Context<Actor = UserActor | KeyActor | SystemActor> = {
  readonly organization: Organization;
  readonly actor: Actor;
  readonly level: AccessLevel;
  readonly origin: Origin;
};

export type MemberContext = Context<UserActor>;

/**
 * The context of a signed-in person in an organization, read from the database now. Answers the same `not_found` for
 * an organization that does not exist and for one they are not a member of.
 */
export async function memberContext(
  actor: UserActor,
  organizationSlug: string,
  origin: Origin,
): Promise<Result<MemberContext>> {
  // No other text can be a slug, and PostgreSQL rejects NUL.
  const slug = /^[a-z0-9-]{1,100}$/.test(organizationSlug) ? organizationSlug : "";
  const [member] = await database().$queryRaw<(Organization & { readonly level: AccessLevel })[]>`
    SELECT o.id, o.slug, o.name, o.key_creators AS "keyCreators", o.require_expiry AS "requireExpiry",
      o.maximum_lifetime_days AS "maximumLifetimeDays", o.default_key_id AS "defaultKeyId", m.access_level AS level
    FROM members m JOIN organizations o ON o.id = m.organization_id
    WHERE m.user_id = ${actor.userId}::uuid AND o.slug = ${slug}`;
  if (member === undefined) return failure("not_found", "There is no such organization.");
  const { level, ...organization } = member;
  return success({ organization, actor, level, origin });
}
