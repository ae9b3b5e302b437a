import type { z } from "zod";
import type { Permission } from "@/lib/core/access/permission";
import type { ErrorCode } from "@/lib/core/error";
import type { OAuthErrorCode } from "@/lib/core/oauth-error";
import type { HeaderName } from "../describe/describe-headers";
import type { Statuses } from "../describe/describe-problems";
import type { Tag } from "../describe/tags";

/** An operation as it is documented. The same schemas parse its requests. */
export type Description = {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** In OpenAPI's syntax: `/v1/workspaces/{id}`. */
  readonly path: `/${string}`;
  readonly operationId: string;
  /** What it does in a few words, as in a menu. */
  readonly summary: string;
  /** What else a caller needs to know, in full sentences. */
  readonly description: string;
  readonly tag: Tag;
  /** `any-origin` lets pages of every site call it, which is what public keys are for. */
  readonly reach: "any-origin" | "same-origin";
  /**
   * `none` needs no credential, `client` needs the id and secret of an OAuth client, and `presented key` accepts no
   * access tokens.
   */
  readonly credential: "key" | "presented key" | "none" | "client" | "client or key";
  /** Whether requests count against the limits. The frequent probes of supervisors and load balancers do not. */
  readonly isLimited: boolean;
  /**
   * The permission that a key needs, for documentation. The verb enforces it, because a resource that the key cannot
   * see must give 404 rather than 403.
   */
  readonly permission: Permission | null;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  /** Request headers that only this operation reads, for documentation. */
  readonly headers?: z.ZodObject;
  /** Null for no body. A request may then send an empty object; a GET's body is ignored. */
  readonly body: z.ZodType | null;
  /** `oauth`: the body is a form, and refusals are RFC 6749 error documents. */
  readonly dialect?: "oauth";
  /** The errors in the OAuth dialect. */
  readonly oauthErrors?: readonly OAuthErrorCode[];
  /** A valid body. */
  readonly example?: unknown;
  readonly answer: {
    readonly status: 200 | 201 | 204;
    readonly description: string;
    /** `z.null()` if there is no content. */
    readonly schema: z.ZodType;
    readonly example: unknown;
    /** Fields that a repeated request does not return, so they are optional in the schema. */
    readonly once?: readonly string[];
    /** The `note` in a repeated response: what to do without the fields that are returned only once. */
    readonly noteWhenRepeated?: string;
    /** The media type of a text answer. JSON by default. */
    readonly type?: string;
    /** How long anybody may cache the answer. Not at all by default. */
    readonly cacheSeconds?: number;
    /** Response headers that only this operation sends. */
    readonly headers?: readonly HeaderName[];
  };
  /** The operation's own errors. operation-errors.ts adds those that every operation of its kind can return. */
  readonly errors: readonly ErrorCode[];
  /** The statuses of errors that differ from their usual ones. */
  readonly statuses?: Statuses;
  /** The operation changes nothing, even as a POST: no answer is stored, and a repeated request runs again. */
  readonly onlyReads?: true;
};
