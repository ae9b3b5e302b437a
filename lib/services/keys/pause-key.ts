import { isLeakPause, keyStanding } from "@/lib/core/keys/key-status";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { unknownState } from "@/lib/core/unknown-state";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { ResumeKeyInput } from "@/lib/schemas/key";
import type { OrganizationId } from "@/lib/services/access/context";
import type { ActingContext } from "@/lib/services/access/key-context";
import { actsFor } from "@/lib/services/access/key-context";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import { lockKeysMadeByTokensOf } from "@/lib/services/tokens/end-keys-of-tokens";
import type { LockedKey } from "../access/lock-key";
import { lockKey } from "../access/lock-key";
import { refuseAnyBeyondCaller } from "../access/refuse-excess";
import { followLater, keysWithRows } from "./follow-up/follow-later";
import { pauseFacts } from "./follow-up/pause-facts";
import { pausesToFollow } from "./follow-up/pauses-to-follow";
import type { Ending } from "./revocation";

/**
 * Pauses a key on every node before this returns, and with it the keys created with its tokens, since whoever stole the
 * key may have created them. Its expiry and a grace keep running. Pausing a key again by the same person succeeds and
 * changes nothing. A pause by somebody else replaces the first one. The pause of a leaked key is never replaced, so that
 * whoever resumes the key sees it.
 */
export async function pauseKey(
  context: ActingContext,
  { keyId }: { readonly keyId: string },
): Promise<Result<null>> {
  const pausedById = actsFor(context.actor);
  return inTransaction(async (transaction) => {
    const locked = await lockKey(transaction, context, "pause", keyId);
    if (!locked.ok) return locked;
    const key = locked.value;
    const ended = refuseEnded(key, context, "paused");
    if (ended !== null) return ended;
    if (key.pausedById === pausedById || isLeakPause(key.pausedAt, key.pausedById)) return success(null);
    const tooSoon = key.pausedAt === null ? null : await refuseManyToFollow(transaction, key);
    if (tooSoon !== null) return tooSoon;
    const facts = await pauseLocked(transaction, context, [key]);
    await recordAuditEntry(transaction, context, ...facts);
    return success(null);
  });
}

/**
 * Resumes a paused key, and the keys that were paused with it. Resuming a key that is not paused succeeds and changes
 * nothing.
 *
 * @param input `pausedAt`: the pause that the caller saw. If there is another one, this is a conflict, so that nobody
 * ends a pause they do not know about
 */
export async function resumeKey(
  context: ActingContext,
  { keyId, pausedAt }: ResumeKeyInput,
): Promise<Result<null>> {
  const { actor } = context;
  return inTransaction(async (transaction) => {
    const locked = await lockKey(transaction, context, "resume", keyId);
    if (!locked.ok) return locked;
    const key = locked.value;
    const ended = refuseEnded(key, context, "resumed");
    if (ended !== null) return ended;
    if (key.pausedAt === null) return success(null);
    if (pausedAt !== undefined && pausedAt.getTime() !== key.pausedAt.getTime()) {
      return failure("conflict", "This API key has been paused again. Look at who paused it, and why.");
    }
    const { accessLevel } = key;
    const pausedByOther = key.pausedById !== actsFor(actor) || (await replacedAnother(transaction, key));
    const late = requireFreshPassword(context, "resumeKey", { accessLevel, pausedByOther });
    if (late !== null) return late;
    const tooSoon = await refuseManyToFollow(transaction, key);
    if (tooSoon !== null) return tooSoon;
    if (actor.kind === "key") {
      const { theirs } = await withTheirs(transaction, [key]);
      const beyond = await refuseAnyBeyondCaller(transaction, { ...context, actor }, theirs, key);
      if (beyond !== null) return beyond;
    }
    await recordAuditEntry(transaction, context, ...(await resumeLocked(transaction, context, [key])));
    return success(null);
  });
}

/** Pauses locked keys that have not ended, and the keys created with their tokens. Returns the audit entries. */
export async function pauseLocked(
  transaction: Transaction,
  context: ActingContext,
  keys: readonly [LockedKey, ...LockedKey[]],
): Promise<[AuditFacts, ...AuditFacts[]]> {
  const pause = { pausedAt: context.origin.at, pausedById: actsFor(context.actor) };
  return setPause(transaction, context, keys, pause);
}

/** Resumes locked keys, and the keys that were paused with them. Returns the audit entries. */
export async function resumeLocked(
  transaction: Transaction,
  context: ActingContext,
  keys: readonly [LockedKey, ...LockedKey[]],
): Promise<[AuditFacts, ...AuditFacts[]]> {
  return setPause(transaction, context, keys, { pausedAt: null, pausedById: null });
}

type PausingHere = Ending & { readonly organization: { readonly id: OrganizationId } };

/** Pauses locked keys because they leaked. The pause names nobody, so whoever resumes one must enter their password. */
export function pauseLeaked(
  transaction: Transaction,
  context: PausingHere,
  keys: readonly [ApiKeyModel, ...ApiKeyModel[]],
): Promise<[AuditFacts, ...AuditFacts[]]> {
  return setPause(transaction, context, keys, { pausedAt: context.origin.at, pausedById: null });
}

/**
 * How many changes of a key's pause may wait for their rows. Each change writes one row per key created with its
 * tokens.
 */
const mostToFollow = 3;

/**
 * Refuses to change a key's pause too often, so that nobody piles up rows by alternating. A key that is not paused can
 * always be paused.
 */
async function refuseManyToFollow(transaction: Transaction, key: LockedKey): Promise<Failure | null> {
  const [row] = await transaction.$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting FROM follow_ups f
    WHERE f.organization_id = ${key.organizationId}::uuid AND f.verb <> 'revoke' AND EXISTS (
      SELECT 1 FROM follow_up_keys p WHERE p.follow_up_id = f.id AND p.with_key_id = ${key.id})`;
  if ((row?.waiting ?? 0) < mostToFollow) return null;
  return failure(
    "conflict",
    "This key was paused and resumed several times, and the many keys that its tokens made have yet to follow. Try again in a minute, or revoke it.",
  );
}

/**
 * Did the key's pause replace somebody else's? Without this check, a person could get rid of that one without a
 * password by pausing the key again.
 */
async function replacedAnother(transaction: Transaction, key: LockedKey): Promise<boolean> {
  const found = await transaction.$queryRaw<unknown[]>`
    SELECT 1 FROM audit_entries
    WHERE organization_id = ${key.organizationId}::uuid AND target_id = ${key.id} AND action = 'key.paused'
      AND at = ${key.pausedAt} AND details ->> 'pausedBefore' IS NOT NULL LIMIT 1`;
  return found.length > 0;
}

function refuseEnded(key: LockedKey, { origin }: ActingContext, done: string): Failure | null {
  const standing = keyStanding(key, origin.at);
  switch (standing) {
    case "deleted":
    case "revoked":
    case "expired":
      return failure("conflict", `This API key is ${standing} and cannot be ${done}.`);
    case "paused":
    case "live":
      return null;
    default:
      return unknownState(standing);
  }
}

/** A key, and the locked key with whose tokens it was created, or the key itself if it is one of the locked ones. */
type Theirs = ApiKeyModel & { readonly madeBy: ApiKeyModel };

/** The keys, and those created with their tokens that have the same pause: none, or one since the same moment. */
async function withTheirs(
  transaction: Transaction,
  keys: readonly [ApiKeyModel, ...ApiKeyModel[]],
): Promise<{ readonly theirs: readonly Theirs[]; readonly hasFollowing: boolean }> {
  const [first] = keys;
  const { organizationId } = first;
  const made = await lockKeysMadeByTokensOf(
    transaction,
    organizationId,
    keys.map(({ id }) => id),
  );
  const byId = new Map(keys.map((key) => [key.id, key]));
  const found = await readKeys(transaction, organizationId, [...made.keys()]);
  const pauses = await pausesToFollow(transaction, organizationId, [...made.keys()]);
  const theirs = found.flatMap((row) => {
    const pausedAt = pauses.has(row.id) ? (pauses.get(row.id) ?? null) : row.pausedAt;
    const madeBy = byId.get(row.id) ?? byId.get(made.get(row.id) ?? "");
    if (madeBy === undefined || pausedAt?.getTime() !== madeBy.pausedAt?.getTime()) return [];
    return [{ ...row, pausedAt, madeBy }];
  });
  return { theirs, hasFollowing: pauses.size > 0 };
}

/** A statement takes at most 32,767 parameters, and each id here is one. */
const readAtOnce = 10_000;

async function readKeys(
  transaction: Transaction,
  organizationId: string,
  keyIds: readonly string[],
): Promise<ApiKeyModel[]> {
  const found: ApiKeyModel[] = [];
  for (let from = 0; from < keyIds.length; from += readAtOnce) {
    const id = { in: keyIds.slice(from, from + readAtOnce) };
    found.push(...(await transaction.apiKey.findMany({ where: { organizationId, id, revokedAt: null } })));
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function setPause(
  transaction: Transaction,
  context: PausingHere,
  keys: readonly [ApiKeyModel, ...ApiKeyModel[]],
  pause: Pick<ApiKeyModel, "pausedAt" | "pausedById">,
): Promise<[AuditFacts, ...AuditFacts[]]> {
  const { theirs, hasFollowing } = await withTheirs(transaction, keys);
  const verb = pause.pausedAt === null ? "resume" : "pause";
  // Queue it behind an earlier pause whose rows have yet to be written, so that the last change wins.
  const isLater = hasFollowing || theirs.length - keys.length > keysWithRows;
  const named = new Set(keys.map(({ id }) => id));
  const now = isLater ? theirs.filter(({ id }) => named.has(id)) : theirs;
  await transaction.apiKey.updateMany({
    where: { organizationId: context.organization.id, id: { in: now.map(({ id }) => id) } },
    data: pause,
  });
  if (theirs.length > now.length) {
    const following = theirs.filter(({ id }) => !named.has(id));
    const keysLater = following.map(({ id, madeBy }) => ({ id, withKeyId: madeBy.id }));
    await followLater(transaction, context, { verb }, keysLater);
  }
  const [first, ...others] = now.map(({ madeBy, ...key }) =>
    pauseFacts(key, key.id === madeBy.id ? null : madeBy.id, verb),
  );
  if (first === undefined) throw new Error("A locked key that has not ended is gone");
  return [first, ...others];
}
