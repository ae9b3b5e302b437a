import type { AuditDetails } from "@/lib/services/audit/record-audit-entry";
import type { PlannedKey } from "./admit-new-keys";
import type { KeyAttributes } from "./key-attributes";
import { attributeDetails } from "./key-attributes";
import type { KeyLimits } from "./key-limits";

type NewKey = Pick<PlannedKey, "type" | "accessLevel" | "namespace" | "roles" | "expiresAt"> &
  KeyLimits &
  KeyAttributes;

/** The details of the audit entry for a new key. */
export function newKeyDetails(key: NewKey): AuditDetails {
  const { allowedAddresses, rateLimit, subject, metadata } = key;
  const { labels } = attributeDetails(key);
  return {
    type: key.type,
    accessLevel: key.accessLevel,
    namespaceType: key.namespace.type,
    namespaceId: key.namespace.id,
    roles: key.roles,
    expiresAt: key.expiresAt?.toISOString() ?? null,
    ...(allowedAddresses.length === 0 ? {} : { allowedAddresses }),
    ...(rateLimit === null
      ? {}
      : { rateLimitRequests: rateLimit.requests, rateLimitSeconds: rateLimit.seconds }),
    ...(subject === null ? {} : { subject }),
    ...(metadata === null ? {} : { metadata }),
    ...(labels.length === 0 ? {} : { labels }),
  };
}
