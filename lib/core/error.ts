/** The closed set of what can be refused. Each door maps it once: lib/api/problem.ts, lib/actions. [J3] */
export const errorStatus = {
  key_missing: 401,
  key_malformed: 401,
  key_unknown: 401,
  key_expired: 401,
  key_rolled: 401,
  key_revoked: 401,
  signed_out: 401,
  reauthentication_required: 403,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  invalid_request: 400,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

export const errorTitles: Record<ErrorCode, string> = {
  key_missing: "No API key was given",
  key_malformed: "The API key is malformed",
  key_unknown: "The API key is unknown",
  key_expired: "The API key has expired",
  key_rolled: "The API key's secret was rolled out",
  key_revoked: "The API key was revoked",
  signed_out: "You are signed out",
  reauthentication_required: "Enter your password again",
  forbidden: "Not allowed",
  not_found: "Not found",
  method_not_allowed: "Method not allowed",
  conflict: "Conflict",
  too_large: "The request body is too large",
  unsupported_media_type: "Unsupported media type",
  invalid_request: "Invalid request",
  rate_limited: "Too many requests",
  internal: "Internal error",
  unavailable: "Unavailable",
};
