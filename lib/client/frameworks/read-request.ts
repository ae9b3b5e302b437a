import type { GuardedRequest } from "./guard";

/** Of a Request as browsers have it: two headers of one name arrive joined, and no token has a comma. */
export function readRequest({ headers }: Pick<Request, "headers">): GuardedRequest {
  return {
    authorization: headers.get("authorization") ?? undefined,
    apiKey: headers.get("x-api-key") ?? undefined,
    requestId: headers.get("x-request-id") ?? undefined,
    isAmbiguous: false,
  };
}
