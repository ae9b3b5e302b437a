/** The sections of the reference's first page: the paragraphs of the API's own description, in its order. */
export const conventions = [
  { id: "access", title: "Credentials and access" },
  { id: "problems", title: "Errors" },
  { id: "retries", title: "Retries and idempotency" },
  { id: "rate-limits", title: "Rate limits" },
  { id: "request-ids", title: "Request ids" },
] as const;
