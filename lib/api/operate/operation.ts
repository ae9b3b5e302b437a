import type { IncomingMessage } from "node:http";
import { z } from "zod";
import type { Permission } from "@/lib/core/access/permission";
import type { OAuthFailure } from "@/lib/core/oauth-error";
import type { Result } from "@/lib/core/result";
import type { KeyContext } from "@/lib/services/access/key-context";
import { keyContext } from "@/lib/services/access/key-context";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";
import { admitAddress, admitRequest } from "../admit/admit-request";
import { authenticateAgain } from "../admit/authenticate-request";
import { withinShare } from "../admit/organization-share";
import { rateLimits } from "../admit/rate-limits";
import type { Refusal } from "../http/problem";
import type { RequestFacts } from "../http/request-facts";
import { asOfNow } from "../http/request-facts";
import type { CamelCased } from "../shapes/field-names";
import { camelCased, inSnakeCase } from "../shapes/field-names";
import type { Description } from "./description";
import { idempotently } from "./idempotency";
import type { Immutable } from "./immutable";
import type { Outcome } from "./outcome";
import type { Arrived, BodyReading } from "./parse-request";
import { nothingHere, parseRequest } from "./parse-request";

export type Operation = Description & {
  /** Null if the fast lane answers, so that no operation runs. */
  readonly run: ((arrived: Arrived) => Promise<Outcome | OAuthFailure | null>) | null;
};

/**
 * Does the operation change something? Only changes run once per idempotency key: the stored answer to a read would be
 * out of date.
 */
export function changesSomething({ method, onlyReads }: Pick<Description, "method" | "onlyReads">): boolean {
  return method !== "get" && onlyReads !== true;
}

type Parsed<P, Q, B> = {
  readonly facts: RequestFacts;
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
};
/** A key's request. Fields of its query and body are in camel case, as in the verbs. */
type AskedByKey<P, Q, B> = Omit<Parsed<P, Q, B>, "query" | "body"> & {
  readonly query: CamelCased<z.output<Q>>;
  readonly body: CamelCased<z.output<B>>;
  readonly caller: AuthenticatedKey;
  readonly context: KeyContext;
};

type Definition<P, Q, B, A> = Omit<
  Description,
  "credential" | "isLimited" | "permission" | "reach" | "params" | "query" | "body" | "answer" | "errors"
> & {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** The status is 200 by default. */
  readonly answer: Omit<Description["answer"], "status"> & {
    readonly status?: Description["answer"]["status"];
    readonly schema: A;
    /** As clients receive it. */
    readonly example: Immutable<z.output<A>>;
  };
  readonly errors?: Description["errors"];
};
type Handle<Request, A> = (
  request: Request,
) => Promise<Result<Immutable<z.input<A>>>> | Result<Immutable<z.input<A>>>;

const nothing = z.strictObject({});
type Nothing = typeof nothing;

/**
 * An operation that needs a key. Its route and its description are made from this one value, so they cannot disagree.
 * Pages of any site may read with a key; only servers may make changes.
 */
export function operation<
  A extends z.ZodType,
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
  B extends z.ZodType = z.ZodUndefined,
>({
  handle,
  mostBytes,
  ...definition
}: Definition<P, Q, B, A> & {
  readonly permission: Permission | null;
  /** The maximum size of the body, if larger than usual. */
  readonly mostBytes?: number;
  readonly handle: Handle<AskedByKey<P, Q, B>, A>;
}): Operation {
  const demanded = definition.permission === null ? [] : [definition.permission];
  return {
    ...described({ ...definition, reach: definition.method === "get" ? "any-origin" : "same-origin" }),
    run: async (arrived) => {
      const admitted = await admitRequest(arrived, arrived.facts, { limit: rateLimits.key, demanded });
      if (!admitted.ok) return admitted;
      const parsed = await parseRequest(
        arrived,
        definition,
        mostBytes === undefined ? {} : { bytes: mostBytes },
      );
      if (parsed === null || !parsed.ok) return parsed;
      const query = camelCased(parsed.value.query);
      const body = camelCased(parsed.value.body);
      const { incoming } = arrived;
      return withinShare(admitted.value.key.organizationId, async () => {
        const facts = asOfNow(arrived.facts);
        const authenticated = await authenticateAgain(incoming, facts);
        if (!authenticated.ok) return authenticated;
        const caller = authenticated.value;
        const context = keyContext(caller, facts);
        const asked = { ...parsed.value, query, body, facts, caller, context };
        const work = async () => inApiTerms(await handle(asked));
        if (!changesSomething(definition)) return work();
        // Tokens of one key can act for two people, who must not get each other's answers.
        const { onBehalfOf } = context.actor;
        const content = { operationId: definition.operationId, onBehalfOf, ...parsed.value };
        const request = { incoming, context, content, permission: definition.permission };
        return idempotently(request, definition.answer, work);
      });
    },
  };
}

/** An operation that needs no credential. */
export function openOperation<
  A extends z.ZodType,
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
  B extends z.ZodType = z.ZodUndefined,
>({
  handle,
  isLimited = true,
  admit,
  reading,
  ...definition
}: Definition<P, Q, B, A> & {
  readonly reach: Description["reach"];
  readonly isLimited?: boolean;
  /** An additional check of the caller. */
  readonly admit?: (incoming: IncomingMessage) => Refusal | null;
  /** Limits for a body that may be larger than usual, or must be verified before parsing. */
  readonly reading?: BodyReading;
  readonly handle: Handle<Parsed<P, Q, B>, A>;
}): Operation {
  const { params, query, body } = definition;
  return {
    ...described({ ...definition, permission: null }),
    credential: "none",
    isLimited,
    run: async (arrived) => {
      const tooMany = isLimited ? admitAddress(arrived.outgoing, arrived.facts) : null;
      const refusal = tooMany ?? admit?.(arrived.incoming) ?? null;
      if (refusal !== null) return refusal;
      const parsed = await parseRequest(arrived, { params, query, body }, reading);
      if (parsed === null || !parsed.ok) return parsed;
      return handle({ ...parsed.value, facts: asOfNow(arrived.facts) });
    },
  };
}

/** Describes an operation that the fast lane answers, with the fast lane's own schema. */
export function fastLaneOperation<A extends z.ZodType>(
  definition: Definition<Nothing, Nothing, z.ZodType, A> & { readonly permission: Permission },
): Operation {
  return { ...described({ ...definition, reach: "same-origin" }), run: null };
}

function described(
  definition: Omit<Definition<z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>, "answer"> &
    Pick<Description, "reach" | "permission"> & {
      readonly answer: Omit<Description["answer"], "status"> & Partial<Description["answer"]>;
    },
): Description {
  const { params = nothing, query = nothing, body = null, errors = [] } = definition;
  const answer = { status: 200, ...definition.answer } as const;
  return { ...definition, credential: "key", isLimited: true, params, query, body, errors, answer };
}

/** A 204 answer, which has no body. */
export function noContent(description: string) {
  return { status: 204, description, schema: z.null(), example: null } as const;
}

/**
 * Translates a verb's failure for the API: everything that the credential cannot see gives the same "not found", and
 * field names are in snake case.
 */
function inApiTerms<T>(result: Result<T>): Result<T> {
  if (result.ok) return result;
  if (result.code === "not_found") return nothingHere;
  if (result.fields === undefined) return result;
  const fields = result.fields.map(({ field, message }) => ({ field: inSnakeCase(field), message }));
  return { ...result, fields };
}
