import type { Namespace } from "@/lib/core/access/namespace";
import type { Permission } from "@/lib/core/access/permission";
import { permissionPattern } from "@/lib/core/access/permission";
import type { ValidVerification } from "@/lib/core/keys/verification";
import type { Presented } from "../decide";
import { ambiguous, decide } from "../decide";
import type { Latchkey } from "../latchkey";
import type { RefusalResponse } from "./refusal-response";
import { refusalResponse } from "./refusal-response";

/** What a service demands of who calls it. `Incoming` is the request as its framework has it. */
export type GuardOptions<Incoming> = {
  /** Each of these must be among what the key may do. */
  readonly permissions?: readonly Permission[];
  /** The key must belong to exactly this namespace. */
  readonly namespace?: Namespace;
  /**
   * Where the request is from. Without it, the address at the other end of the connection, which behind a proxy
   * is the proxy's. Never read it from a header that the client itself may have written.
   */
  readonly address?: (request: Incoming) => string | undefined;
  /** Where your API explains its errors: `type` is this address, `#` and the code. Without it, `about:blank`. */
  readonly errorsUrl?: string;
};

/** What a middleware finds on a request, whatever its framework calls it. */
export type GuardedRequest = Omit<Presented, "address"> & {
  readonly requestId: string | undefined;
  /** More than one Authorization header, of which the framework shows one. */
  readonly isAmbiguous: boolean;
};

export type GuardAnswer =
  | { readonly ok: true; readonly verification: ValidVerification }
  | { readonly ok: false; readonly response: RefusalResponse };

export type Guard<Incoming> = (request: Incoming, read: GuardedRequest) => Promise<GuardAnswer>;

/**
 * The one decision behind each middleware.
 *
 * @param remoteAddress where the framework knows the address at the other end of the connection
 * @throws TypeError for what is no permission: a misspelt one would refuse everybody
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
