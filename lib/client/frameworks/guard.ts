import type { Namespace } from "@/lib/core/access/namespace";
import type { Permission } from "@/lib/core/access/permission";
import { permissionPattern } from "@/lib/core/access/permission";
import type { Presented } from "../decide";
import { ambiguous, decide } from "../decide";
import type { Latchkey } from "../latchkey";
import type { ValidVerification } from "../verification";
import type { RefusalResponse } from "./refusal-response";
import { refusalResponse } from "./refusal-response";

/** What a service requires of its callers. `Incoming` is the framework's request type. */
export type GuardOptions<Incoming> = {
  /** The key must have all of these permissions. */
  readonly permissions?: readonly Permission[];
  /** The key must belong to exactly this namespace. */
  readonly namespace?: Namespace;
  /**
   * Returns the address that the request comes from. The default is the peer of the connection, which behind a proxy is
   * the proxy. Never read it from a header that the client can write.
   */
  readonly address?: (request: Incoming) => string | undefined;
  /** Where your API documents its errors: `type` is this address, `#` and the code. `about:blank` by default. */
  readonly errorsUrl?: string;
};

/** What a middleware reads from a request, in any framework. */
export type GuardedRequest = Omit<Presented, "address"> & {
  readonly requestId: string | undefined;
  /** The request has more than one Authorization header; the framework shows only one of them. */
  readonly isAmbiguous: boolean;
};

export type GuardAnswer =
  | { readonly ok: true; readonly verification: ValidVerification }
  | { readonly ok: false; readonly response: RefusalResponse };

export type Guard<Incoming> = (request: Incoming, read: GuardedRequest) => Promise<GuardAnswer>;

/**
 * The decision that all middlewares share.
 *
 * @param remoteAddress returns the address of the connection's peer, where the framework knows it
 * @throws TypeError for an invalid permission: a misspelt one would refuse everybody
 */
export function createGuard<Incoming>(
  latchkey: Pick<Latchkey, "verify">,
  options: GuardOptions<Incoming>,
  remoteAddress: (request: Incoming) => string | undefined,
): Guard<Incoming> {
  const { permissions, namespace, address = remoteAddress, errorsUrl } = options;
  for (const permission of permissions ?? []) {
    if (!permissionPattern.test(permission)) throw new TypeError(`${permission} is not resource:action`);
  }
  return async (request, { requestId, isAmbiguous, ...credentials }) => {
    const decision = isAmbiguous
      ? ({ ok: false, refusal: ambiguous } as const)
      : await decide(latchkey, { ...credentials, address: address(request) }, { permissions, namespace });
    if (decision.ok) return decision;
    return { ok: false, response: refusalResponse(decision.refusal, requestId, { errorsUrl }) };
  };
}
