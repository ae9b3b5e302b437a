import type { ErrorCode } from "@/lib/core/error";
import type { Operation } from "./operation";
import { changesSomething } from "./operation";

const credentialErrors: readonly ErrorCode[] = [
  "key_missing",
  "key_malformed",
  "key_unknown",
  "key_expired",
  "key_paused",
  "key_rolled",
  "key_revoked",
  "forbidden",
];

/** May a request for this operation carry an idempotency key? */
export function isIdempotent(operation: Operation): boolean {
  return changesSomething(operation) && operation.credential === "key" && operation.run !== null;
}

/** All errors that an operation can return: its own, and those of its kind. */
export function operationErrors(operation: Operation): ErrorCode[] {
  const { method, credential, isLimited, params, body, errors, dialect } = operation;
  // OAuth operations report an invalid request in their own dialect.
  if (dialect === "oauth")
    return ["forbidden", "too_large", ...errors, "rate_limited", "internal", "unavailable"];
  // Only the URL and the key are read, and an invalid URL is the gateway's fault.
  if (credential === "presented key")
    return ["invalid_request", ...credentialErrors, "rate_limited", "internal", "unavailable"];
  return [
    ...new Set<ErrorCode>([
      "invalid_request",
      ...(credential === "key" ? credentialErrors : []),
      ...(Object.keys(params.shape).length > 0 ? (["not_found"] as const) : []),
      ...(body === null && method === "get" ? [] : (["too_large", "unsupported_media_type"] as const)),
      ...(isIdempotent(operation) ? (["conflict"] as const) : []),
      ...errors,
      ...(isLimited ? (["rate_limited"] as const) : []),
      "internal",
      "unavailable",
    ]),
  ];
}
