import { lowerOf } from "@/lib/core/access-level";
import type { AuthenticatedKey } from "@/lib/verify/authenticate-token";
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

/** Whose grants count: a key acts for its creator and is bounded by what they have. [P9] */
export function actsFor(actor: UserActor | KeyActor): string {
  return actor.kind === "user" ? actor.userId : actor.creatorId;
}

/** The context of a key that proved itself: its organization is the only one it reaches. [P3] */
export function keyContext({ key, permissions }: AuthenticatedKey, origin: Origin): KeyContext {
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
      expiresAt: key.expiresAt,
    },
    // Without a grant left there is no permission either, so the level can do no harm.
    level: lowerOf(key.accessLevel, key.creatorLevel ?? "MEMBER"),
    origin,
  };
}
