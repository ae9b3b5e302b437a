import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { currentUser } from "@/lib/auth/current-user";
import { requestOrigin } from "@/lib/auth/request-origin";
import { isOwnOrigin } from "@/lib/core/allowed-origin";
import type { Failure, Result } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import type { MemberContext, Origin, UserActor } from "@/lib/services/context";
import { memberContext } from "@/lib/services/context";
import { parseInput } from "./parse-input";

/**
 * A server action of a member in an organization: checks where the call comes from, parses its input,
 * finds out from the database who asks, and calls the verb. Never throws; what is unexpected is logged
 * without the input and answered as `internal`.
 */
export function organizationAction<S extends z.ZodType, T>(
  schema: S,
  verb: (context: MemberContext, input: z.output<S>) => Promise<Result<T>>,
): (organizationSlug: string, input: z.input<S>) => Promise<Result<T>> {
  return (organizationSlug, input) =>
    answer(schema, input, async (parsed) => {
      const actor = await currentUser();
      if (actor === null) return signedOut;
      // The declared types are a promise of our own pages; a call can carry anything.
      const slug = typeof organizationSlug === "string" ? organizationSlug : "";
      const context = await memberContext(actor, slug, await requestOrigin());
      return context.ok ? verb(context.value, parsed) : context;
    });
}

/** A server action of a signed-in person on what is their own. */
export function personAction<S extends z.ZodType, T>(
  schema: S,
  verb: (actor: UserActor, input: z.output<S>, origin: Origin) => Promise<Result<T>>,
): (input: z.input<S>) => Promise<Result<T>> {
  return (input) =>
    answer(schema, input, async (parsed) => {
      const actor = await currentUser();
      return actor === null ? signedOut : verb(actor, parsed, await requestOrigin());
    });
}

/** A server action of anyone: signing in and setting up. */
export function publicAction<S extends z.ZodType, T>(
  schema: S,
  verb: (input: z.output<S>, origin: Origin) => Promise<Result<T>>,
): (input: z.input<S>) => Promise<Result<T>> {
  return (input) => answer(schema, input, async (parsed) => verb(parsed, await requestOrigin()));
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
