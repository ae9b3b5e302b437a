import type { KnownKey } from "@/lib/core/keys/verification";

/** The headers of all permissions, subject and so on stay below what proxies and servers accept by default. */
const longestPermissions = 4096;

export const identityHeaderNames = [
  ...(["X-Latchkey-Key-Id", "X-Latchkey-Key-Name", "X-Latchkey-Subject", "X-Latchkey-Access-Level"] as const),
  ...(["X-Latchkey-Namespace", "X-Latchkey-Permissions", "X-Latchkey-Metadata"] as const),
];

type Identity = Pick<
  KnownKey,
  "key_id" | "name" | "subject" | "access_level" | "namespace" | "permissions" | "metadata"
>;

/**
 * Says who presented the key, for the service behind the gateway, as alternating names and values. Every header is
 * there, even if it is empty: a gateway that copies them then overwrites whatever a client sent under the same name.
 *
 * @param demanded the permissions that were asked for. If the key's list is too long for a header, it names only these
 */
export function identityHeaders(key: Identity, demanded: readonly string[]): string[] {
  const { name, subject, namespace, metadata } = key;
  const permissions = key.permissions.join(",");
  const values: Record<(typeof identityHeaderNames)[number], string> = {
    "X-Latchkey-Key-Id": key.key_id,
    "X-Latchkey-Key-Name": encodeURIComponent(name.toWellFormed()),
    "X-Latchkey-Subject": visible(subject ?? ""),
    "X-Latchkey-Access-Level": key.access_level,
    "X-Latchkey-Namespace": `${namespace.type}:${namespace.id}`,
    "X-Latchkey-Permissions": permissions.length > longestPermissions ? demanded.join(",") : permissions,
    "X-Latchkey-Metadata": metadata === null ? "" : Buffer.from(metadata.text).toString("base64url"),
  };
  return Object.entries(values).flat();
}

/**
 * Printable ASCII as it is, so that ids stay readable. Everything else is percent-encoded, and so is `%` itself, so
 * that decoding gives the text back. Spaces at the ends would be lost.
 */
function visible(text: string): string {
  return text.toWellFormed().replace(/[^ -~]|%|^ | $/gu, encodeURIComponent);
}
