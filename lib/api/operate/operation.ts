import type { IncomingMessage } from "node:http";
import { z } from "zod";
import type { Permission } from "@/lib/core/access/permission";
import type { ErrorCode } from "@/lib/core/error";
import type { OAuthErrorCode, OAuthFailure } from "@/lib/core/oauth-error";
import type { Result } from "@/lib/core/result";
import type { KeyContext } from "@/lib/services/access/key-context";
import { keyContext } from "@/lib/services/access/key-context";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";
import { admitAddress, admitRequest } from "../admit/admit-request";
import { withinShare } from "../admit/organization-share";
import { rateLimits } from "../admit/rate-limits";
import type { Tag } from "../describe/tags";
import type { Refusal } from "../http/problem";
import type { RequestFacts } from "../http/request-facts";
import { idempotently } from "./idempotency";
import type { Immutable } from "./immutable";
import type { Outcome } from "./outcome";
import type { Arrived, BodyReading } from "./parse-request";
import { parseRequest } from "./parse-request";

/** What the description says of an operation, and what its requests are parsed by: the same schemas. */
export type Description = {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** As OpenAPI writes it: `/v1/workspaces/{id}`. */
  readonly path: `/${string}`;
  readonly operationId: string;
  /** What it does, in the words of a menu. */
  readonly summary: string;
  /** What one has to know beyond it, in sentences. */
  readonly description: string;
  readonly tag: Tag;
  /** `any-origin` lets the pages of every site ask, which a public key is made for. */
  readonly reach: "any-origin" | "same-origin";
  /** `none` asks for no credential, `client` for the id and secret of a client of OAuth. */
  readonly credential: "key" | "none" | "client" | "client or key";
  /** Counted against the limits. Not what supervisors and load balancers ask, all day. */
  readonly isLimited: boolean;
  /** What a key must hold. It is told, and refused by the verb: what is not seen is 404 before it is 403. */
  readonly permission: Permission | null;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  /** Of its own, beside those that every request may carry. They are told here and read by the operation. */
  readonly headers?: z.ZodObject;
  /** Null: whatever is sent is not looked at. */
  readonly body: z.ZodType | null;
  /** `oauth`: the body is a form, and what is refused is an error document of RFC 6749. */
  readonly dialect?: "oauth";
  /** The errors of the OAuth dialect. */
  readonly oauthErrors?: readonly OAuthErrorCode[];
  /** A body that is good. */
  readonly example?: unknown;
  readonly answer: {
    readonly status: 200 | 201 | 204;
    readonly description: string;
    /** `z.null()` where there is no content. */
    readonly schema: z.ZodType;
    readonly example: unknown;
    /** Fields that are given once, and not again to a request that is sent again: optional in the schema. */
    readonly once?: readonly string[];
    /** The `note` in the answer to a request sent again: what to do without the fields that are given once. */
    readonly noteWhenRepeated?: string;
    /** Of text that is no JSON. */
    readonly type?: string;
    /** How long anybody may keep it; left out, nobody may. */
    readonly cacheSeconds?: number;
  };
  /** Beside those that every operation of its kind can be refused with; see operation-errors.ts. */
  readonly errors: readonly ErrorCode[];
  /** It changes nothing, whatever its method: sent again it is answered anew, and no answer of it is kept. */
  readonly onlyReads?: true;
};

export type Operation = Description & {
  /** Null of what the fast lane answers before any operation is asked. */
  readonly run: ((arrived: Arrived) => Promise<Outcome | OAuthFailure | null>) | null;
};

/** What may be sent again is carried out once. An answer to a question is not repeated: it would be old. */
export function changesSomething({ method, onlyReads }: Pick<Description, "method" | "onlyReads">): boolean {
  return method !== "get" && onlyReads !== true;
}

type Parsed<P, Q, B> = {
  readonly facts: RequestFacts;
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
};
type Authenticated = { readonly caller: AuthenticatedKey; readonly context: KeyContext };

type Definition<P, Q, B, A> = Omit<
  Description,
  "credential" | "isLimited" | "permission" | "params" | "query" | "body" | "answer"
> & {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly answer: Description["answer"] & { readonly schema: A; readonly example: Immutable<z.input<A>> };
};
type Handle<Request, A> = (
  request: Request,
) => Promise<Result<Immutable<z.input<A>>>> | Result<Immutable<z.input<A>>>;

const nothing = z.strictObject({});
type Nothing = typeof nothing;

/**
 * An address that a key asks. The route and its description are made from this one value, so that neither
 * can say what the other does not.
 */
export function operation<
  A extends z.ZodType,
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
  B extends z.ZodType = z.ZodUndefined,
>({
  handle,
  ...definition
}: Definition<P, Q, B, A> & {
  readonly permission: Permission | null;
  readonly handle: Handle<Parsed<P, Q, B> & Authenticated, A>;
}): Operation {
  const { params, query, body, answer } = definition;
  return {
    ...described(definition),
    run: async (arrived) => {
      const { facts } = arrived;
      const authenticated = await admitRequest(arrived, facts, rateLimits.key);
      if (!authenticated.ok) return authenticated;
      const parsed = await parseRequest(arrived, { params, query, body });
      if (parsed === null || !parsed.ok) return parsed;
      const caller = authenticated.value;
      const context = keyContext(caller, facts);
      const work = async () => handle({ ...parsed.value, facts, caller, context });
      const { id } = context.organization;
      if (!changesSomething(definition)) return withinShare(id, work);
      // Tokens of one key can act for two people, and neither is given the other's answer.
      const { onBehalfOf } = context.actor;
      const content = { operationId: definition.operationId, onBehalfOf, ...parsed.value };
      const { incoming } = arrived;
      const request = { incoming, context, content, permission: definition.permission };
      return withinShare(id, () => idempotently(request, answer, work));
    },
  };
}

/** An address that everyone may ask. */
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
  readonly isLimited?: boolean;
  /** Where it is not for everyone after all. */
  readonly admit?: (incoming: IncomingMessage) => Refusal | null;
  /** Where its body is larger than others, or has to prove something before it is looked at. */
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
      return handle({ ...parsed.value, facts: arrived.facts });
    },
  };
}

/** What the fast lane answers: described here, with the schema that it parses by. */
export function fastLaneOperation<A extends z.ZodType>(
  definition: Definition<Nothing, Nothing, z.ZodType, A> & { readonly permission: Permission },
): Operation {
  return { ...described(definition), run: null };
}

function described(
  definition: Omit<Definition<z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>, "answer"> &
    Pick<Description, "answer" | "permission">,
): Description {
  const { params = nothing, query = nothing, body = null } = definition;
  return { ...definition, credential: "key", isLimited: true, params, query, body };
}

/** The answer of what leaves nothing to say. */
export function noContent(description: string) {
  return { status: 204, description, schema: z.null(), example: null } as const;
}
