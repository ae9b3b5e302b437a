/** The sections of the reference, in order, with their descriptions. */
export const tags = {
  Credentials: "The presented credential and what it may do.",
  Keys: "API keys: identities with an id, an access level, roles and an optional expiry.",
  Gateways: "For proxies that ask Latchkey before they let a request through to a service.",
  Tokens: "Short-lived access tokens obtained with a key, and the metadata to check them.",
  Organizations: "The tenant. Everything belongs to exactly one organization.",
  Applications: "Applications of the organization; each is a namespace of its own.",
  Workspaces: "Workspaces belong to an application; each is a namespace of its own.",
  "User groups":
    "User groups belong to an application or to the organization; each is a namespace of its own.",
  Users: "The members of the organization.",
  Invitations: "People who were invited to the organization and have not accepted yet.",
  Roles: "Named bundles of permissions that keys carry: built-in ones and the organization's own.",
  Webhooks: "Signed messages about keys, members and roles, sent to the organization's own services.",
  "Audit log": "What was changed, when, and by whom.",
  Leaks: "Reports of tokens that were published by mistake.",
  Service: "Health, metrics, and this description.",
} as const;

export type Tag = keyof typeof tags;
