/** The sections of the reference, in order, with their descriptions. */
export const tags = {
  Credentials: "What the presented credential is and may do.",
  Keys: "API keys: identities with an id, an access level, roles and perhaps an expiry.",
  Tokens: "Short-lived access tokens that a key obtains, and what is needed to check them.",
  Organizations: "The tenant. Everything belongs to exactly one.",
  Applications: "Applications of the organization; each is a namespace of its own.",
  Workspaces: "Workspaces belong to an application; each is a namespace of its own.",
  "User groups":
    "User groups belong to an application or to the organization; each is a namespace of its own.",
  Users: "The members of the organization.",
  "Audit log": "What was changed, when, and by whom.",
  Leaks: "Reports of tokens that stand where everybody can read them.",
  Service: "Whether this installation runs, and this description.",
} as const;

export type Tag = keyof typeof tags;
