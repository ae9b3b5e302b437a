import type { GuardedRequest } from "./guard";

/** Reads a web Request. Two headers of one name arrive joined by a comma, which no token contains. */
export function readRequest({ headers }: Pick<Request, "headers">): GuardedRequest {
  return {
    authorization: headers.get("authorization") ?? undefined,
    apiKey: headers.get("x-api-key") ?? undefined,
    requestId: headers.get("x-request-id") ?? undefined,
    isAmbiguous: false,
  };
}
