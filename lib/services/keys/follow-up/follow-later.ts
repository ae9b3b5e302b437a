import { randomUUID } from "node:crypto";
import type { RevocationReason } from "@/lib/core/keys/key-status";
import type { Transaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { actsFor } from "@/lib/services/access/key-context";
import type { Ending } from "../revocation";

/**
 * The maximum number of keys whose rows are written with the change. A row takes half a millisecond or more, because
 * the list's indexes are updated too. With more rows, whoever revokes a stolen key would have to wait, or the
 * transaction would time out.
 */
export const keysWithRows = 500;

/** A change of many keys that takes effect when this transaction commits. */
type Change =
  | { readonly verb: "revoke"; readonly reason: RevocationReason }
  | { readonly verb: "pause" | "resume" };

/** A key that changes and, if it changes along with another key, that key's id. */
type FollowingKey = { readonly id: string; readonly withKeyId?: string };

/**
 * Changes keys at once for every verdict, and leaves their rows and audit entries to `carryOutFollowUps`. The caller
 * has locked the keys.
 */
export async function followLater(
  transaction: Transaction,
  context: Ending & { readonly organization: { readonly id: OrganizationId } },
  change: Change,
  keys: readonly FollowingKey[],
): Promise<void> {
  const { actor, origin, organization } = context;
  const id = randomUUID();
  await transaction.followUp.create({
    data: {
      id,
      organizationId: organization.id,
      verb: change.verb,
      reason: change.verb === "revoke" ? change.reason : null,
      byId: actor.kind === "system" ? null : actsFor(actor),
      actor: recordedActor(actor),
      ...origin,
    },
    select: { id: true },
  });
  await transaction.$executeRaw`
    INSERT INTO follow_up_keys (key_id, follow_up_id, with_key_id)
    SELECT k.id, ${id}::uuid, nullif(k.maker, '')
    FROM unnest(${keys.map((key) => key.id)}::text[], ${keys.map((key) => key.withKeyId ?? "")}::text[]) AS k(id, maker)`;
}

/** The actor's fields in an audit entry. */
export type RecordedActor =
  | { readonly kind: "user"; readonly userId: string; readonly name: string }
  | {
      readonly kind: "key";
      readonly keyId: string;
      readonly name: string;
      readonly onBehalfOf: string | null;
    }
  | { readonly kind: "system"; readonly name: string };

function recordedActor(actor: Ending["actor"]): RecordedActor {
  const { name } = actor;
  switch (actor.kind) {
    case "user":
      return { kind: "user", userId: actor.userId, name };
    case "key":
      return { kind: "key", keyId: actor.keyId, name, onBehalfOf: actor.onBehalfOf };
    default:
      return { kind: "system", name };
  }
}
