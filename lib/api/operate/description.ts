import type { z } from "zod";
import type { Permission } from "@/lib/core/access/permission";
import type { ErrorCode } from "@/lib/core/error";
import type { OAuthErrorCode } from "@/lib/core/oauth-error";
import type { HeaderName } from "../describe/describe-headers";
import type { Statuses } from "../describe/describe-problems";
import type { Tag } from "../describe/tags";

/** An operation as the API's description shows it. Its requests are parsed with the same schemas. */
export type Description = {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** In OpenAPI's syntax: `/v1/workspaces/{id}`. */
  readonly path: `/${string}`;
  readonly operationId: string;
  /** What it does, in a few words, as in a menu. */
  readonly summary: string;
  /** What else a caller needs to know, in full sentences. */
  readonly description: string;
  readonly tag: Tag;
  /** `any-origin` lets the pages of every site call it, which is what public keys are for. */
  readonly reach: "any-origin" | "same-origin";
  /** `none` needs no credential, `client` the id and secret of an OAuth client, `presented key` no access token. */
  readonly credential: "key" | "presented key" | "none" | "client" | "client or key";
  /** Whether requests count against the limits. The constant probes of supervisors and load balancers do not. */
  readonly isLimited: boolean;
  /**
   * The permission that a key needs, for the description. The verb enforces it, because a resource that the key cannot
   * see must give 404 rather than 403.
   */
  readonly permission: Permission | null;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  /**
   * Request headers besides those that every request may carry. They are only described here; the operation reads them
   * itself.
   */
  readonly headers?: z.ZodObject;
  /** Null: there is none. A request may send an empty object; with a GET, a body is ignored. */
  readonly body: z.ZodType | null;
  /** `oauth`: the body is a form, and refusals are error documents of RFC 6749. */
  readonly dialect?: "oauth";
  /** The errors of the OAuth dialect. */
  readonly oauthErrors?: readonly OAuthErrorCode[];
  /** A valid body. */
  readonly example?: unknown;
  readonly answer: {
    readonly status: 200 | 201 | 204;
    readonly description: string;
    /** `z.null()` if there is no content. */
    readonly schema: z.ZodType;
    readonly example: unknown;
    /** Fields that a repeated request does not get again, so they are optional in the schema. */
    readonly once?: readonly string[];
    /** The `note` for a repeated request: what to do without the fields that are returned only once. */
    readonly noteWhenRepeated?: string;
    /** The media type of an answer that is text, not JSON. */
    readonly type?: string;
    /** How long anybody may cache the answer; by default nobody may. */
    readonly cacheSeconds?: number;
    /** Headers besides those that every answer has. */
    readonly headers?: readonly HeaderName[];
  };
  /** Besides those that every operation of its kind can return; see operation-errors.ts. */
  readonly errors: readonly ErrorCode[];
  /** The statuses of errors that do not have their own here. */
  readonly statuses?: Statuses;
  /** Changes nothing, whatever its method: no answer is stored, and a repeated request gets a new one. */
  readonly onlyReads?: true;
};
