import { effectivePermissions } from "@/lib/core/access/effective-permissions";
import type { UsageOutcome } from "@/lib/core/keys/usage-outcome";
import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";
import { loadKeySnapshot } from "@/lib/verify/memory/key-snapshot";
import { markOverPrivileged } from "@/lib/verify/usage/mark-over-privileged";

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
const callersDays = 7;
const demandDays = 60;
const clients = ["node/20.19 fetch", "python-requests/2.32", "Go-http-client/2.0", "curl/8.9", "okhttp/4.12"];

type Used = {
  readonly keyId: string;
  readonly index: number;
  readonly from: Date;
  /** The last valid use. */
  readonly to: Date;
  /** The verdict on later calls, if the key ended. */
  readonly refused?: UsageOutcome | undefined;
};

type Hour = { readonly hour: Date; readonly calls: number };

/** Writes what the usage recorder would have: hours with calls, callers, demanded permissions and the last use. */
export async function seedUsage({ organization }: MemberContext, used: Used): Promise<void> {
  const { keyId, index, from } = used;
  const to = new Date(Math.max(used.to.getTime(), from.getTime()));
  const of = { organizationId: organization.id, keyId };
  const count = Math.min(24 * 90, Math.floor((to.getTime() - from.getTime()) / hourMs));
  const lastHour = Math.floor(to.getTime() / hourMs) * hourMs;
  const hours: Hour[] = Array.from({ length: count + 1 }, (_, back) => ({
    hour: new Date(lastHour - back * hourMs),
    calls: 1 + Math.round((40 + ((index * 37) % 60) ** 2) * (1.4 + Math.sin((back + index) / 4))),
  }));
  const refused = hours
    .filter((_, back) => (back + index) % 31 < 3)
    .map((row) => ({ ...row, calls: 1 + Math.round(row.calls / 30) }));
  await insertHours(of, "VALID", hours);
  await insertHours(of, refusalOf(index), refused);
  await seedCallers(of, index, hours);
  if (used.refused !== undefined) await seedLateCalls(of, used.refused, to);
  await seedDemands(of, index, to);
  const lastUsedAddress = `198.51.100.${10 + index}`;
  await database().apiKey.update({
    where: { id: keyId },
    data: { lastUsedAt: to, lastUsedAddress, lastUsedClient: clients[index % clients.length] ?? null },
  });
  await database().apiKeySecret.updateMany({ where: { keyId, endsAt: null }, data: { lastUsedAt: to } });
}

type OfKey = { readonly organizationId: string; readonly keyId: string };

/** Uses one statement, since a key has thousands of hours. */
async function insertHours(
  { organizationId, keyId }: OfKey,
  outcome: UsageOutcome,
  hours: readonly Hour[],
): Promise<void> {
  const starts = hours.map(({ hour }) => hour.getTime() / 1000);
  const calls = hours.map((hour) => hour.calls);
  await database().$executeRaw`
    INSERT INTO api_key_usage_hours (organization_id, key_id, hour, outcome, calls)
    SELECT ${organizationId}::uuid, ${keyId}, to_timestamp(start), ${outcome}::usage_outcome, calls
    FROM unnest(${starts}::float8[], ${calls}::int[]) AS hours (start, calls)`;
}

function refusalOf(index: number): UsageOutcome {
  const reasons = ["INSUFFICIENT_PERMISSIONS", "RATE_LIMITED", "FORBIDDEN_IP", "RATE_LIMITED"] as const;
  return reasons[index % reasons.length] ?? "RATE_LIMITED";
}

/** Two clients each. After a roll one of them still uses the old secret, unless somebody has updated both. */
async function seedCallers(of: OfKey, index: number, hours: readonly Hour[]): Promise<void> {
  const secrets = await database().apiKeySecret.findMany({
    where: { keyId: of.keyId },
    orderBy: { version: "asc" },
  });
  const current = secrets.at(-1);
  const previous = secrets.at(-2);
  if (current === undefined) return;
  const rolledAt = previous === undefined ? null : current.createdAt;
  const recent = hours.filter(({ hour }) => hour.getTime() > Date.now() - callersDays * dayMs);
  const rows = recent.flatMap(({ hour, calls }) => {
    const isOld =
      rolledAt !== null && previous !== undefined && hour.getTime() + hourMs <= rolledAt.getTime();
    const straggles = previous !== undefined && index % 2 === 0;
    return [0, 1].flatMap((caller) => {
      const accepted = caller === 0 ? calls - Math.floor(calls / 4) : Math.floor(calls / 4);
      if (accepted === 0) return [];
      const secretId =
        previous !== undefined && (isOld || (straggles && caller === 1)) ? previous.id : current.id;
      const address = `198.51.100.${10 + index + caller * 100}`;
      const client = clients[(index + caller) % clients.length] ?? "";
      const lastAt = new Date(Math.min(hour.getTime() + hourMs - 1000 * (caller + 1), Date.now() - 60_000));
      return [{ ...of, hour, secretId, isRest: false, address, client, accepted, refused: 0, lastAt }];
    });
  });
  await database().apiKeyCallerHour.createMany({ data: rows });
  if (previous !== undefined && index % 2 === 0) {
    await database().apiKeySecret.update({
      where: { id: previous.id },
      data: { lastUsedAt: new Date(Date.now() - 5 * 60_000) },
    });
  }
}

/** Adds calls with a key that has ended, by somebody who did not notice. */
async function seedLateCalls(of: OfKey, outcome: UsageOutcome, since: Date): Promise<void> {
  const first = Math.max(Math.floor(since.getTime() / hourMs) + 1, Math.floor(Date.now() / hourMs) - 24 * 7);
  const now = Math.floor(Date.now() / hourMs);
  const data = Array.from({ length: Math.max(0, Math.min(24 * 7, now - first)) }, (_, back) => ({
    ...of,
    hour: new Date((now - back) * hourMs),
    outcome,
    calls: 1 + ((back * 7) % 5),
  }));
  await database().apiKeyUsageHour.createMany({ data });
}

/** Adds calls with the secret of a key that was revoked for a leak, by somebody who found it. */
export async function seedRefusals(
  organizationId: string,
  keyId: string,
  secretId: string,
  since: Date,
): Promise<void> {
  const first = Math.floor(since.getTime() / hourMs);
  const hours = Array.from({ length: Math.floor(Date.now() / hourMs) - first + 1 }, (_, back) => ({
    hour: new Date((first + back) * hourMs),
    calls: 30 + back * 3,
  }));
  const of = { organizationId, keyId };
  await database().apiKeyUsageHour.createMany({
    data: hours.map((row) => ({ ...of, ...row, outcome: "REVOKED" as const })),
    skipDuplicates: true,
  });
  await database().apiKeyCallerHour.createMany({
    data: hours.map(({ hour, calls }) => ({
      ...{ ...of, hour, secretId, isRest: false, address: "203.0.113.66", client: "python-requests/2.31" },
      ...{ accepted: 0, refused: calls, lastAt: new Date(Math.min(hour.getTime() + hourMs, Date.now())) },
    })),
  });
}

/** Every third key uses few of its permissions, the others most of them. */
async function seedDemands(of: OfKey, index: number, to: Date): Promise<void> {
  const snapshot = await loadKeySnapshot(of.keyId);
  if (snapshot === null) return;
  const { permissions } = effectivePermissions(snapshot);
  const used =
    index % 3 === 0 ? permissions.slice(0, Math.max(1, Math.floor(permissions.length / 8))) : permissions;
  const last = new Date(to.getTime() - (to.getTime() % dayMs));
  await database().$executeRaw`
    INSERT INTO api_key_permission_days (organization_id, key_id, day, permission, calls)
    SELECT ${of.organizationId}::uuid, ${of.keyId}, ${last}::date - back, permission,
      1 + ((place - 1) * 31 + back * 7 + ${index}::int) % 900
    FROM unnest(${[...used]}::text[]) WITH ORDINALITY AS used (permission, place), generate_series(0, ${demandDays - 1}) AS back
    WHERE ${last}::date - back > ${new Date(Date.now() - 90 * dayMs)}::date`;
}

/** Computes the organization's totals, its busiest keys and which are over-privileged, as a node does. */
export async function sumUsage(now: Date): Promise<void> {
  await database().$executeRaw`
    INSERT INTO organization_usage_hours (organization_id, hour, outcome, calls)
    SELECT organization_id, hour, outcome::text::call_outcome, sum(calls) FROM api_key_usage_hours GROUP BY 1, 2, 3`;
  await database().$executeRaw`
    INSERT INTO organization_usage_hours (organization_id, hour, outcome, calls)
    SELECT organization_id, hour, 'UNKNOWN', 1 + sum(calls) / 5000 FROM organization_usage_hours
    WHERE outcome = 'VALID' GROUP BY 1, 2`;
  await database().$executeRaw`
    INSERT INTO organization_busy_keys (organization_id, hour, key_id, calls)
    SELECT organization_id, hour, key_id, calls FROM (
      SELECT organization_id, hour, key_id, sum(calls) AS calls,
        row_number() OVER (PARTITION BY organization_id, hour ORDER BY sum(calls) DESC, key_id) AS place
      FROM api_key_usage_hours GROUP BY 1, 2, 3
    ) counted WHERE place <= 20`;
  await markOverPrivileged(now);
}
