import { refresh } from "next/cache";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { currentUser } from "@/lib/auth/current-user";
import { requestOrigin } from "@/lib/auth/request-origin";
import { isOwnOrigin } from "@/lib/core/allowed-origin";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import type { MemberContext, Origin, UserActor } from "@/lib/services/access/context";
import { memberContext } from "@/lib/services/access/context";
import { runOnceForPerson } from "@/lib/services/idempotency/run-once-for-person";
import { parseInput } from "./parse-input";

/** What an action answers: what its verb does, or that an earlier request with the same id did it. */
export type Answered<T, Once extends keyof T> = [Once] extends [never] ? T : T | Repeated<T, Once>;

/** The answer to an earlier request, as it was kept: without what is given once, and times as text. */
export type Repeated<T, Once extends keyof T> = {
  readonly [Field in Exclude<keyof T, Once>]: T[Field] extends Date | null ? string | null : T[Field];
} & { readonly repeated: true };

/** A server action of a member that changes nothing. It takes no request id: asking twice does no harm. */
export function organizationRead<S extends z.ZodType, T>(
  schema: S,
  verb: (context: MemberContext, input: z.output<S>) => Promise<Result<T>>,
): (organizationSlug: string, input: z.input<S>) => Promise<Result<T>> {
  return async (organizationSlug, input) =>
    answer(schema, input, async (parsed) => {
      const context = await memberOf(organizationSlug);
      return context.ok ? verb(context.value, parsed) : context;
    });
}

/**
 * A server action of a member in an organization: checks where the call comes from, parses its input,
 * finds out from the database who asks, and calls the verb. Never throws; what is unexpected is logged
 * without the input and answered as `internal`. With a request id it is carried out once, however often it
 * is sent.
 *
 * @param name the action's own: what one action did is never the answer to a request for another
 * @param once the fields of the answer that are given once and kept nowhere
 */
export function organizationAction<S extends z.ZodType, T, Once extends keyof T & string = never>(
  name: string,
  schema: S,
  verb: (context: MemberContext, input: z.output<S>) => Promise<Result<T>>,
  once: readonly Once[] = [],
): (organizationSlug: string, input: z.input<S>, requestId?: string) => Promise<Result<Answered<T, Once>>> {
  return async (organizationSlug, input, requestId) =>
    answer(schema, input, async (parsed) => {
      const context = await memberOf(organizationSlug);
      if (!context.ok) return context;
      const { actor, organization, origin } = context.value;
      const caller = { userId: actor.userId, organizationId: organization.id };
      return onceFor(caller, { name, requestId, input: parsed, at: origin.at, once }, () =>
        verb(context.value, parsed),
      );
    });
}

/** The same for a dialog: the page is sent anew with the answer, also when somebody else's change came first. */
export function organizationChange<S extends z.ZodType, T, Once extends keyof T & string = never>(
  name: string,
  schema: S,
  verb: (context: MemberContext, input: z.output<S>) => Promise<Result<T>>,
  once: readonly Once[] = [],
): (organizationSlug: string, input: z.input<S>, requestId: string) => Promise<Result<Answered<T, Once>>> {
  const act = organizationAction(name, schema, verb, once);
  return async (organizationSlug, input, requestId) => {
    const result = await act(organizationSlug, input, requestId);
    if (result.ok || result.code === "conflict" || result.code === "not_found") refresh();
    return result;
  };
}

/** A server action of a signed-in person on what is their own. It too has a name of its own. */
export function personAction<S extends z.ZodType, T>(
  name: string,
  schema: S,
  verb: (actor: UserActor, input: z.output<S>, origin: Origin) => Promise<Result<T>>,
): (input: z.input<S>, requestId?: string) => Promise<Result<T>> {
  return (input, requestId) =>
    answer(schema, input, async (parsed) => {
      const actor = await currentUser();
      if (actor === null) return signedOut;
      const origin = await requestOrigin();
      const caller = { userId: actor.userId, organizationId: null };
      return onceFor<T, never>(caller, { name, requestId, input: parsed, at: origin.at, once: [] }, () =>
        verb(actor, parsed, origin),
      );
    });
}

/** A server action of anyone: signing in and setting up. */
export function publicAction<S extends z.ZodType, T>(
  schema: S,
  verb: (input: z.output<S>, origin: Origin) => Promise<Result<T>>,
): (input: z.input<S>) => Promise<Result<T>> {
  return (input) => answer(schema, input, async (parsed) => verb(parsed, await requestOrigin()));
}

async function memberOf(organizationSlug: unknown): Promise<Result<MemberContext>> {
  const actor = await currentUser();
  if (actor === null) return signedOut;
  // The declared types are a promise of our own pages; a call can carry anything.
  const slug = typeof organizationSlug === "string" ? organizationSlug : "";
  return memberContext(actor, slug, await requestOrigin());
}

/** The random id that a page gives what a person submits. */
const requestIdPattern = /^[0-9A-Za-z_-]{16,64}$/;

type Submission = {
  readonly name: string;
  readonly requestId: unknown;
  readonly input: unknown;
  readonly at: Date;
  readonly once: readonly string[];
};

/** What only reads carries no request id. */
async function onceFor<T, Once extends keyof T>(
  caller: { readonly userId: string; readonly organizationId: string | null },
  { name, requestId, input, at, once }: Submission,
  work: () => Promise<Result<T>>,
): Promise<Result<Answered<T, Once>>> {
  if (requestId === undefined) return (await work()) as Result<Answered<T, Once>>;
  if (typeof requestId !== "string" || !requestIdPattern.test(requestId)) {
    return failure("invalid_request", "The request cannot be read.");
  }
  const request = { caller, idempotencyKey: requestId, content: contentOf(name, input), at };
  const outcome = await runOnceForPerson(request, once, work);
  if (!outcome.ok || !("replayed" in outcome)) return outcome as Result<Answered<T, Once>>;
  const { value } = outcome;
  const told = once.length === 0 ? value : { ...(value as object), repeated: true };
  return success(told as Answered<T, Once>);
}

/** What tells one submission from another. A hash of it is kept, so no password is in it. */
function contentOf(name: string, input: unknown): string {
  return JSON.stringify([name, input], (field, value) => (/password/i.test(field) ? "" : value));
}

const signedOut = failure("signed_out", "You are signed out. Sign in again to continue.");

async function answer<S extends z.ZodType, T>(
  schema: S,
  input: unknown,
  work: (parsed: z.output<S>) => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    const refusal = await refuseForeignOrigin();
    if (refusal !== null) return refusal;
    const parsed = parseInput(schema, input);
    return parsed.ok ? await work(parsed.value) : parsed;
  } catch (error) {
    unstable_rethrow(error);
    const { requestId } = await requestOrigin();
    log().error({ requestId, error: whereItFailed(error) }, "action failed");
    return failure("internal", "Something went wrong on our side. Try again.");
  }
}

/** proxy.ts refuses such a call before Next sees it; this holds should a path ever slip past it. */
async function refuseForeignOrigin(): Promise<Failure | null> {
  const sent = await headers();
  if (isOwnOrigin(sent.get("origin"), sent.get("host"), env())) return null;
  return failure("forbidden", "This request did not come from a page of this dashboard.");
}

/** Where it failed, without the message: Prisma's quotes the values of the query. */
function whereItFailed(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = error.stack?.slice(error.stack.indexOf("\n    at "));
  return { name: error.name, code: (error as { code?: unknown }).code, stack: frames };
}
