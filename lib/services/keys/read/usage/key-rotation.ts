import { mayManageKey } from "@/lib/core/access/manage-keys";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";
import { keyManager } from "@/lib/services/access/key-manager";
import type { KeyCaller } from "./key-callers";
import { readKeyCallers } from "./key-callers";
import type { SecretUsage } from "./secret-usage";
import { readSecretUsage } from "./secret-usage";

/** A roll in progress: the calls with each of the two secrets, and who still uses the previous one. */
export type KeyRotation = {
  readonly at: Date;
  readonly rolledAt: Date;
  /** When the previous secret stops working. */
  readonly endsAt: Date;
  /** The start of the first hour in `current` and `previous`. */
  readonly from: Date;
  readonly current: SecretCalls;
  readonly previous: SecretCalls;
  /**
   * Whether the last 60 minutes began before the roll. Calls from before and after it then share an hour, so the
   * current rate of the previous secret is unknown.
   */
  readonly isRecent: boolean;
  /** Whether somebody called with the previous secret since the roll. */
  readonly previousIsUsed: boolean;
  /** Who used the previous secret since the roll, the busiest first. */
  readonly callers: readonly KeyCaller[];
  /** The grace ends early once the previous secret was unused for this many hours; null if it does not. */
  readonly silentHours: number | null;
};

export type SecretCalls = {
  /** All calls, accepted or refused, by hour; the last hour is not over. */
  readonly hours: readonly number[];
  /** An estimate of the calls in the last 60 minutes. */
  readonly lastHour: number;
  readonly lastUsedAt: Date | null;
};

const hourMs = 60 * 60 * 1000;
/** How many hours before the roll are shown for comparison. */
const hoursBefore = 8;

/** Reads the state of a key's roll; null if none is in progress. For people who may see the key. */
export async function readKeyRotation(
  context: MemberContext,
  { keyId }: { readonly keyId: string },
): Promise<Result<KeyRotation | null>> {
  const { organization, origin } = context;
  const now = origin.at;
  const key = await database().apiKey.findFirst({
    where: { id: keyId, organizationId: organization.id, deletedAt: null },
    include: {
      secrets: {
        where: { OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
        orderBy: { version: "desc" },
        select: { version: true, createdAt: true, endsAt: true, lastUsedAt: true, silentHours: true },
      },
    },
  });
  if (key === null || !mayManageKey(keyManager(context), "read", key)) {
    return failure("not_found", "There is no such API key.");
  }
  const current = key.secrets.find(({ endsAt }) => endsAt === null);
  const previous = key.secrets.find(({ endsAt }) => endsAt !== null);
  if (key.revokedAt !== null || current === undefined || previous?.endsAt == null) return success(null);
  const from = new Date(hourOf(current.createdAt) - hoursBefore * hourMs);
  const usage = await readSecretUsage(key, { from, to: now });
  const callers = await readKeyCallers(key, now);
  const callsOf = ({ version, lastUsedAt }: Pick<typeof current, "version" | "lastUsedAt">) => ({
    ...callsIn(usage.find((secret) => secret.version === version)?.hours ?? [], now),
    lastUsedAt,
  });
  const rolledAt = current.createdAt;
  const since = callers.filter((one) => one.secretVersion === previous.version && one.lastAt > rolledAt);
  return success({
    ...{ at: now, rolledAt, endsAt: previous.endsAt, from },
    isRecent: now.getTime() - rolledAt.getTime() < hourMs,
    previousIsUsed: since.length > 0 || (previous.lastUsedAt !== null && previous.lastUsedAt > rolledAt),
    silentHours: previous.silentHours,
    current: callsOf(current),
    previous: callsOf(previous),
    callers: since,
  });
}

/**
 * Estimates the calls of the last 60 minutes: all of this hour's and a part of the previous hour's, since calls are
 * counted by hour.
 */
function callsIn(usage: SecretUsage["hours"], now: Date) {
  const hours = usage.map(({ accepted, refused }) => accepted + refused);
  const passed = (now.getTime() - hourOf(now)) / hourMs;
  const lastHour = Math.round((hours.at(-1) ?? 0) + (hours.at(-2) ?? 0) * (1 - passed));
  return { hours, lastHour };
}

const hourOf = (moment: Date) => moment.getTime() - (moment.getTime() % hourMs);
