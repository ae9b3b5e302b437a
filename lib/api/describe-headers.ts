/** The headers of answers, by their names in the description. */
export const headers = {
  "X-Request-Id": {
    description: "The request's id: the one it was sent with, or a new one.",
    required: true,
    schema: { type: "string", pattern: "^[A-Za-z0-9._-]{1,128}$" },
  },
  "WWW-Authenticate": {
    description: "How to present a credential (RFC 6750), and what was wrong with this one.",
    schema: { type: "string" },
  },
} as const;

type HeaderName = keyof typeof headers;

/** The headers that an answer of this status carries. */
export function headerReferences(status: number): Record<string, { $ref: string }> {
  const names: HeaderName[] = ["X-Request-Id"];
  if (status === 401 || status === 403) names.push("WWW-Authenticate");
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
