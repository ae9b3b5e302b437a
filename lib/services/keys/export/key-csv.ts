import { namespacePath } from "@/lib/core/access/namespace";
import { byteOrderMark, type CsvValue, csvRow } from "@/lib/core/csv/csv-row";
import { keyEnd } from "@/lib/core/keys/effective-end";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { keyStatus, liveGraceEnd } from "@/lib/core/keys/key-status";
import type { ApiKeyModel } from "@/lib/db/generated/models";

/** A key in an export. Never contains a secret, its hash or a token. */
export type ExportedKey = Pick<
  ApiKeyModel,
  | (
      | "id"
      | "name"
      | "description"
      | "type"
      | "accessLevel"
      | "namespaceType"
      | "subject"
      | "labels"
      | "imported"
    )
  | ("createdAt" | "lastUsedAt" | "expiresAt" | "pausedAt" | "revokedAt" | "deletedAt" | "revocationReason")
  | ("allowedAddresses" | "rateLimitRequests" | "rateLimitSeconds")
> & {
  readonly roles: readonly string[];
  readonly namespaceId: string;
  readonly place: string;
  readonly placeWithin: string | null;
  readonly creatorName: string;
  readonly creatorEmail: string;
  readonly calls: number;
  readonly previousEndsAt: Date | null;
  readonly maximumLifetimeDays: number | null;
};

type Column = readonly [title: string, value: (key: ExportedKey, now: Date) => CsvValue];

/**
 * The columns of "Export CSV", in order. Scripts read them by title, so new ones go to the end and none is renamed. The
 * values are the API's, and times are in UTC.
 */
const columns: readonly Column[] = [
  ["key_id", ({ id }) => formatKeyId(id)],
  ["name", ({ name }) => name],
  ["description", ({ description }) => description],
  ["type", ({ type }) => type],
  ["access_level", ({ accessLevel }) => accessLevel],
  ["roles", ({ roles }) => roles.join(" ")],
  ["namespace_type", ({ namespaceType }) => namespaceType],
  ["namespace_id", ({ namespaceId }) => namespaceId],
  ["namespace", ({ place, placeWithin }) => namespacePath(place, placeWithin)],
  ["status", (key, now) => keyStatus(key, key.previousEndsAt, now)],
  ["created_at", ({ createdAt }) => createdAt],
  ["created_by", ({ creatorName }) => creatorName],
  ["created_by_email", ({ creatorEmail }) => creatorEmail],
  ["last_used_at", ({ lastUsedAt }) => lastUsedAt],
  ["calls_24h", ({ calls }) => calls],
  ["expires_at", (key) => keyEnd(key)?.at ?? null],
  ["expiry_set_by", (key) => keyEnd(key)?.setBy ?? null],
  ["grace_ends_at", (key, now) => graceEnd(key, now)],
  ["paused_at", ({ pausedAt }) => pausedAt],
  ["revoked_at", ({ revokedAt }) => revokedAt],
  ["revocation_reason", ({ revocationReason }) => revocationReason],
  ["subject", ({ subject }) => subject],
  ["labels", ({ labels }) => (Object.keys(labels ?? {}).length === 0 ? null : JSON.stringify(labels))],
  ["allowed_addresses", ({ allowedAddresses }) => allowedAddresses.join(" ")],
  ["rate_limit", (key) => rateLimit(key)],
  ["imported", ({ imported }) => imported],
];

/** The start of the file. */
export const keyCsvHead = `${byteOrderMark}${csvRow(columns.map(([title]) => title))}`;

export function keyCsvRow(key: ExportedKey, now: Date): string {
  return csvRow(columns.map(([, value]) => value(key, now)));
}

function graceEnd(key: ExportedKey, now: Date): Date | null {
  return liveGraceEnd(keyStatus(key, key.previousEndsAt, now), key.previousEndsAt, now);
}

/** Requests per seconds, such as "100/60". */
function rateLimit({ rateLimitRequests, rateLimitSeconds }: ExportedKey): string | null {
  return rateLimitRequests === null ? null : `${rateLimitRequests}/${rateLimitSeconds}`;
}
