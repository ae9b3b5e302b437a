import { refresh } from "next/cache";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { contextNow, signedOut } from "@/lib/auth/context-now";
import { currentUser } from "@/lib/auth/current-user";
import { requestOrigin } from "@/lib/auth/request-origin";
import { isOwnOrigin } from "@/lib/core/allowed-origin";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { isOutage, isReadOnly } from "@/lib/db/outage";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import type { MemberContext, Origin, UserActor } from "@/lib/services/access/context";
import { memberContext } from "@/lib/services/access/context";
import type { OnceRequest } from "@/lib/services/idempotency/claim-request";
import { runOnceForPerson } from "@/lib/services/idempotency/run-once-for-person";
import { readSession } from "@/lib/services/sessions/read-session";
import { withinChanges, withinReads } from "@/lib/services/throttle/people-shares";
import { parseInput } from "./parse-input";

/** An action's answer: its verb's result, or the stored answer to an earlier request with the same id. */
export type Answered<T, Once extends keyof T> = [Once] extends [never] ? T : T | Repeated<T, Once>;

/** The stored answer to an earlier request: without the fields returned once, and with dates as text. */
export type Repeated<T, Once extends keyof T> = {
  readonly [Field in Exclude<keyof T, Once>]: T[Field] extends Date | null ? string | null : T[Field];
} & { readonly repeated: true };

/** A member's server action that only reads. It takes no request id, since repeating it does no harm. */
export function organizationRead<S extends z.ZodType, T>(
  schema: S,
  verb: (context: MemberContext, input: z.output<S>) => Promise<Result<T>>,
): (organizationSlug: string, input: z.input<S>) => Promise<Result<T>> {
  return async (organizationSlug, input) =>
    answer(schema, input, async (parsed) => {
      const context = await memberOf(organizationSlug);
      return context.ok ? withinReads(context.value, () => verb(context.value, parsed)) : context;
    });
}

/**
 * A member's server action in an organization. It checks the call's origin, parses the input, reads the caller from
 * the database and calls the verb. It never throws: unexpected errors are logged without the input and returned as
 * `internal`. With a request id it runs once, however often it is sent.
 *
 * @param name unique per action, so an action never replays another action's answer
 * @param once the fields of the answer that are returned once and never stored
 * @param run how it runs once: `runOnceWithChange` for a verb that fits
 */
export function organizationAction<S extends z.ZodType, T, Once extends keyof T & string = never>(
  name: string,
  schema: S,
  verb: (context: MemberContext, input: z.output<S>) => Promise<Result<T>>,
  once: readonly Once[] = [],
  run: RunOnce = runOnceForPerson,
): (organizationSlug: string, input: z.input<S>, requestId?: string) => Promise<Result<Answered<T, Once>>> {
  return async (organizationSlug, input, requestId) =>
    answer(schema, input, async (parsed) => {
      const context = await memberOf(organizationSlug);
      if (!context.ok) return context;
      const { actor, organization } = context.value;
      return withinChanges(actor.sessionId, organization.id, async () => {
        const now = await contextNow(context.value);
        if (!now.ok) return now;
        const caller = { userId: actor.userId, organizationId: organization.id };
        const submission = { name, requestId, input: parsed, at: now.value.origin.at, once, run };
        return onceFor<T, Once>(caller, submission, () => verb(now.value, parsed));
      });
    });
}

/** Like `organizationAction`, for dialogs: it also refreshes the page, even when somebody else's change came first. */
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

/** A signed-in person's server action on their own account. `name` must be unique here too. */
export function personAction<S extends z.ZodType, T>(
  name: string,
  schema: S,
  verb: (actor: UserActor, input: z.output<S>, origin: Origin) => Promise<Result<T>>,
): (input: z.input<S>, requestId?: string) => Promise<Result<T>> {
  return (input, requestId) =>
    answer(schema, input, async (parsed) => {
      const before = await currentUser();
      if (before === null) return signedOut;
      return withinChanges(before.sessionId, null, async () => {
        const origin = { ...(await requestOrigin()), at: new Date() };
        const actor = await readSession(before.sessionId, origin.at);
        if (actor === null) return signedOut;
        const caller = { userId: actor.userId, organizationId: null };
        const submission = { name, requestId, input: parsed, at: origin.at, once: [] };
        return onceFor<T, never>(caller, submission, () => verb(actor, parsed, origin));
      });
    });
}

/** A server action that needs no sign-in, such as signing in and setting up. */
export function publicAction<S extends z.ZodType, T>(
  schema: S,
  verb: (input: z.output<S>, origin: Origin) => Promise<Result<T>>,
): (input: z.input<S>) => Promise<Result<T>> {
  return (input) => answer(schema, input, async (parsed) => verb(parsed, await requestOrigin()));
}

async function memberOf(organizationSlug: unknown): Promise<Result<MemberContext>> {
  const actor = await currentUser();
  if (actor === null) return signedOut;
  // Only our own pages keep to the declared types; a call can send anything.
  const slug = typeof organizationSlug === "string" ? organizationSlug : "";
  return memberContext(actor, slug, await requestOrigin());
}

/** The random id that a page gives a submission. */
const requestIdPattern = /^[0-9A-Za-z_-]{16,64}$/;

type Submission = {
  readonly name: string;
  readonly requestId: unknown;
  readonly input: unknown;
  readonly at: Date;
  readonly once: readonly string[];
  readonly run?: RunOnce;
};

type RunOnce = <T>(
  request: OnceRequest,
  once: readonly string[],
  work: () => Promise<Result<T>>,
) => Promise<Result<T> | { readonly ok: true; readonly value: unknown; readonly replayed: true }>;

/** Runs the work once per request id. Without an id it just runs it. */
async function onceFor<T, Once extends keyof T>(
  caller: { readonly userId: string; readonly organizationId: string | null },
  { name, requestId, input, at, once, run = runOnceForPerson }: Submission,
  work: () => Promise<Result<T>>,
): Promise<Result<Answered<T, Once>>> {
  if (requestId === undefined) return (await work()) as Result<Answered<T, Once>>;
  if (typeof requestId !== "string" || !requestIdPattern.test(requestId)) {
    return failure("invalid_request", "The request cannot be read.");
  }
  const request = { caller, idempotencyKey: requestId, content: contentOf(name, input), at };
  const outcome = await run(request, once, work);
  if (!outcome.ok || !("replayed" in outcome)) return outcome as Result<Answered<T, Once>>;
  const { value } = outcome;
  const told = once.length === 0 ? value : { ...(value as object), repeated: true };
  return success(told as Answered<T, Once>);
}

/** The content that identifies a submission. A hash of it is stored, so passwords are left out. */
function contentOf(name: string, input: unknown): string {
  return JSON.stringify([name, input], (field, value) => (/password/i.test(field) ? "" : value));
}

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
    return failed(error);
  }
}

function failed(error: unknown): Failure {
  if (isReadOnly(error)) {
    return failure(
      "unavailable",
      "The database takes no changes right now, so nothing was changed. Try again in a few minutes.",
    );
  }
  if (isOutage(error)) {
    return failure("unavailable", "The database does not answer. Press the button again in a moment.");
  }
  return failure("internal", "Something went wrong on our side. Try again.");
}

/** The server refuses foreign origins before Next runs (lib/server/answer-page). This covers what it might miss. */
async function refuseForeignOrigin(): Promise<Failure | null> {
  const sent = await headers();
  if (isOwnOrigin(sent.get("origin"), sent.get("host"), env())) return null;
  return failure("forbidden", "This request did not come from a page of this dashboard.");
}

/** Where an error occurred, without its message: Prisma's messages quote query values. */
function whereItFailed(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = error.stack?.slice(error.stack.indexOf("\n    at "));
  return { name: error.name, code: (error as { code?: unknown }).code, stack: frames };
}
