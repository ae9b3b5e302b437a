import type { KnownKey } from "@/lib/core/keys/verification";

/** Keeps the headers below what proxies and servers accept by default. */
const longestPermissions = 4096;

export const identityHeaderNames = [
  ...(["X-Latchkey-Key-Id", "X-Latchkey-Key-Name", "X-Latchkey-Key-Type", "X-Latchkey-Subject"] as const),
  ...([
    "X-Latchkey-Access-Level",
    "X-Latchkey-Namespace",
    "X-Latchkey-Permissions",
    "X-Latchkey-Metadata",
  ] as const),
];

type Identity = Pick<
  KnownKey,
  "key_id" | "name" | "type" | "subject" | "access_level" | "namespace" | "permissions" | "metadata"
>;

/**
 * Identifies the key to the service behind the gateway, as alternating header names and values. Empty headers are sent
 * too: a gateway that copies them then overwrites whatever a client sent under these names.
 *
 * @param demanded the required permissions. Only these are listed if the key's permissions do not fit into a header
 */
export function identityHeaders(key: Identity, demanded: readonly string[]): string[] {
  const { name, subject, namespace, metadata } = key;
  const permissions = key.permissions.join(",");
  const values: Record<(typeof identityHeaderNames)[number], string> = {
    "X-Latchkey-Key-Id": key.key_id,
    "X-Latchkey-Key-Name": encodeURIComponent(name.toWellFormed()),
    "X-Latchkey-Key-Type": key.type,
    "X-Latchkey-Subject": visible(subject ?? ""),
    "X-Latchkey-Access-Level": key.access_level,
    "X-Latchkey-Namespace": `${namespace.type}:${namespace.id}`,
    "X-Latchkey-Permissions": permissions.length > longestPermissions ? demanded.join(",") : permissions,
    "X-Latchkey-Metadata": metadata === null ? "" : Buffer.from(metadata.text).toString("base64url"),
  };
  return Object.entries(values).flat();
}

/**
 * Keeps printable ASCII, so that ids stay readable. Everything else is percent-encoded, including `%` itself and spaces
 * at the ends, which would be lost.
 */
function visible(text: string): string {
  return text.toWellFormed().replace(/[^ -~]|%|^ | $/gu, encodeURIComponent);
}
