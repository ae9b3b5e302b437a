import type { Latchkey } from "../latchkey";
import type { ValidVerification } from "../verification";
import type { GuardOptions } from "./guard";
import { createGuard } from "./guard";
import { readRequest } from "./read-request";

/** Next does not expose the connection, so without the `address` option a key with an allowlist is refused. */
const noAddress = () => undefined;

/**
 * A route handler that runs only with a valid key. The verdict is on the request:
 *
 *     export const GET = withKey(latchkey, { permissions: ["reports:read"] }, (request) => {
 *       return Response.json({ key: verificationOf(request).key_id });
 *     });
 */
export function withKey<Handled extends Request, Context>(
  latchkey: Pick<Latchkey, "verify">,
  options: GuardOptions<Handled>,
  handler: (request: Handled, context: Context) => Response | Promise<Response>,
): (request: Handled, context: Context) => Promise<Response> {
  const check = createCheck(latchkey, options);
  return async (request, context) => {
    const answer = await check(request);
    if (answer instanceof Response) return answer;
    // A nested guard replaces the verdict with its own.
    Object.defineProperty(request, "latchkey", { value: answer, configurable: true });
    return await handler(request, context);
  };
}

/**
 * Checks a request in `proxy.ts`, or anywhere else with a Request:
 *
 *     const check = createCheck(latchkey);
 *     export async function proxy(request: NextRequest) {
 *       const answer = await check(request);
 *       return answer instanceof Response ? answer : NextResponse.next();
 *     }
 *
 * @returns the verdict, or the response that refuses the request
 */
export function createCheck<Checked extends Request>(
  latchkey: Pick<Latchkey, "verify">,
  options: GuardOptions<Checked> = {},
): (request: Checked) => Promise<ValidVerification | Response> {
  const guard = createGuard<Checked>(latchkey, options, noAddress);
  return async (request) => {
    const answer = await guard(request, readRequest(request));
    if (answer.ok) return answer.verification;
    const { status, headers, body } = answer.response;
    return new Response(body, { status, headers });
  };
}
