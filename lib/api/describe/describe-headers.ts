/** The response headers, by name. */
export const headers = {
  "X-Request-Id": {
    description: "The request's id: the one sent by the client, or a new one.",
    required: true,
    schema: { type: "string", pattern: "^[A-Za-z0-9._-]{1,128}$" },
  },
  "WWW-Authenticate": {
    description: "How to present a credential (RFC 6750), and what was wrong with this one.",
    schema: { type: "string" },
  },
  "Retry-After": {
    description: "Seconds to wait before sending the same request again.",
    schema: { type: "integer", minimum: 0 },
  },
  RateLimit: {
    description:
      "What is left: the name of the limit, `r` requests now, the full quota again in `t` seconds (draft-ietf-httpapi-ratelimit-headers).",
    schema: { type: "string", pattern: '^"[a-z]+";r=\\d+;t=\\d+$' },
  },
  "RateLimit-Policy": {
    description: "The limit: its name, `q` requests in `w` seconds.",
    schema: { type: "string", pattern: '^"[a-z]+";q=\\d+;w=\\d+$' },
  },
  "Idempotent-Replayed": {
    description: "`true`: the request was carried out before; this is that response.",
    schema: { type: "string", const: "true" },
  },
  "X-Latchkey-Code": {
    description: "Only at a gateway: the problem's `code`, for a gateway that cannot read the body.",
    schema: { type: "string", pattern: "^[a-z_]+$" },
  },
  "X-Latchkey-Key-Id": identity("The key's id.", "^key_[0-9A-Za-z]{16}$"),
  "X-Latchkey-Key-Name": identity("The key's name, percent-encoded.", "^[!-~]+$"),
  "X-Latchkey-Key-Type": identity(
    "Whether the key is `secret` or `public`. Anybody may have a public key.",
    "^(secret|public)$",
  ),
  "X-Latchkey-Subject": identity(
    "Whose key it is. Printable ASCII as it is, everything else and `%` percent-encoded. Empty if there is none.",
    "^[ -~]*$",
  ),
  "X-Latchkey-Access-Level": identity("The key's access level.", "^(OWNER|ADMIN|MEMBER)$"),
  "X-Latchkey-Namespace": identity("The key's namespace, as `type:id`.", "^[a-z]+:[0-9a-f-]{36}$"),
  "X-Latchkey-Permissions": identity(
    "The effective permissions, with commas between them. If they are longer than 4,096 characters, only those that were asked for.",
    "^[a-z0-9_:,-]*$",
  ),
  "X-Latchkey-Metadata": identity(
    "The metadata's JSON text, in base64url. Empty if there is none.",
    "^[A-Za-z0-9_-]*$",
  ),
} as const;

function identity(description: string, pattern: string) {
  return { description, required: true, schema: { type: "string", pattern } } as const;
}

export type HeaderName = keyof typeof headers;

/** The headers of responses to requests that count against a limit. */
export const limitHeaders = ["RateLimit", "RateLimit-Policy"] as const satisfies HeaderName[];

/** The headers of a response with this status. */
export function headerReferences(
  status: number,
  more: readonly HeaderName[] = [],
): Record<string, { $ref: string }> {
  const names: HeaderName[] = ["X-Request-Id", ...more];
  if (status === 401 || status === 403) names.push("WWW-Authenticate");
  if (status === 409 || status === 429) names.push("Retry-After");
  if ([401, 403, 429, 500, 503].includes(status)) names.push("X-Latchkey-Code");
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
