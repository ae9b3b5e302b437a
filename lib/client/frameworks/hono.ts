import type { Latchkey } from "../latchkey";
import type { ValidVerification } from "../verification";
import type { GuardOptions } from "./guard";
import { createGuard } from "./guard";
import { readRequest } from "./read-request";

/** For `new Hono<{ Variables: LatchkeyVariables }>()`: the verdict is `context.get("latchkey")`. */
export type LatchkeyVariables = { latchkey: ValidVerification };

/** The parts of Hono's context that are used, which avoids depending on Hono. */
export type HonoContextLike = {
  readonly req: { readonly raw: Request };
  /** On Node.js, @hono/node-server puts the connection here. */
  readonly env: unknown;
  readonly set: (name: "latchkey", verification: ValidVerification) => void;
};

/** A middleware for Hono: `app.use("/reports/*", requireKey(latchkey, { permissions: ["reports:read"] }))`. */
export function requireKey<Context extends HonoContextLike>(
  latchkey: Pick<Latchkey, "verify">,
  options: GuardOptions<Context> = {},
): (context: Context, next: () => Promise<void>) => Promise<Response | undefined> {
  const guard = createGuard(latchkey, options, remoteAddress);
  return async (context, next) => {
    const answer = await guard(context, readRequest(context.req.raw));
    if (answer.ok) {
      context.set("latchkey", answer.verification);
      await next();
      return undefined;
    }
    const { status, headers, body } = answer.response;
    return new Response(body, { status, headers });
  };
}

function remoteAddress({ env }: HonoContextLike): string | undefined {
  const { incoming } = (env ?? {}) as {
    readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } };
  };
  return incoming?.socket?.remoteAddress;
}
