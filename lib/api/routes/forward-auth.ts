import { z } from "zod";
import { gatewayParams } from "../gateway/gateway-demand";
import { identityHeaderNames } from "../gateway/identity-headers";
import type { Operation } from "../operate/operation";

const kind = {
  method: "get",
  tag: "Gateways",
  reach: "same-origin",
  credential: "presented key",
  isLimited: true,
  permission: null,
  params: gatewayParams,
  query: z.strictObject({}),
  body: null,
  errors: [],
  run: null,
} as const;

const answer = {
  status: 200,
  description: "The key may be used. The body is empty.",
  schema: z.null(),
  example: null,
  headers: identityHeaderNames,
} as const;

const about =
  "For a gateway, which asks before it lets a request through; docs/gateways.md has configurations. It judges the key in `Authorization` or `X-API-Key`, like `POST /v1/keys/verify`, and needs no credential of its own. Everything that is asked is in the address. The method and the body are the client's and mean nothing, nor does the query or anything after the namespace in the path, so this answers every method and every longer address. The client's address is taken from `X-Forwarded-For`, as far as the proxies in `TRUSTED_PROXIES` wrote it. Access tokens are refused: they are for this API only. An address that is not understood is 503, because the client's key is not at fault.";

/** Answered by lib/api/gateway/forward-auth.ts. */
export const forwardAuth: Operation = {
  ...kind,
  path: "/v1/forward-auth/{organization}/{permissions}/{namespace}",
  operationId: "forwardAuth",
  summary: "Forward auth",
  description: about,
  answer,
};

/** Like `forwardAuth`, for nginx. */
export const authRequest: Operation = {
  ...kind,
  path: "/v1/auth-request/{organization}/{permissions}/{namespace}",
  operationId: "authRequest",
  summary: "Forward auth for nginx",
  description: `The same as \`/v1/forward-auth\`, for nginx's \`auth_request\`, which passes on only 401 and 403: a used up rate limit is 403 with \`X-Latchkey-Code: rate_limited\` and \`Retry-After\`.\n\n${about}`,
  answer,
  statuses: { rate_limited: 403 },
};
