import type { RouteConfig } from "@asteasolutions/zod-to-openapi";
import { OpenAPIRegistry, OpenApiGeneratorV31 } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import {
  familiesOfKeyMaximum,
  keysOfCreatorMaximum,
  keysOfFamilyMaximum,
} from "@/lib/core/maximums/maximums";
import type { RateLimit } from "@/lib/verify/limits/rate-limit";
import { rateLimits } from "../admit/rate-limits";
import { idempotencyKeyPattern } from "../operate/idempotency";
import type { Operation } from "../operate/operation";
import { isIdempotent, operationErrors } from "../operate/operation-errors";
import { problemJson } from "../shapes/problem-json";
import { headerReferences, headers, limitHeaders } from "./describe-headers";
import { addOAuthErrors } from "./describe-oauth-errors";
import { describeProblems } from "./describe-problems";
import { acceptedCredentials, securitySchemes } from "./describe-security";
import type { OpenApiDocument } from "./published-document";
import { tags } from "./tags";

const { key, verify, address, failures } = rateLimits;
const perMinute = ({ policy }: RateLimit) => `${policy.quota.toLocaleString("en")} a minute`;
const limitsInWords = `Each node allows ${perMinute(key)} per key, ${perMinute(verify)} for its verifications,
${perMinute(address)} per address without a credential, and ${perMinute(failures)} refused credentials per
address. A key with its own rate limit counts against that too; responses call it \`own\`.`;

const words = (count: number) => count.toLocaleString("en");

const description = `Everything a program may do with Latchkey. A credential is an API key or an access token.
Its namespace, its roles, its access level and its creator's access level decide what it sees and may do.

Errors are RFC 9457 problem documents: decide by \`code\`. Resources that a credential cannot see are 404; actions
that it may not take on resources it sees are 403. Unknown fields and query parameters are refused with 400, bodies
over 64 KiB with 413 unless stated otherwise, and unsupported methods with 405 and \`Allow\`.

A lost response is a normal event, so every write is safe to retry. A POST, PATCH or DELETE may carry an
\`Idempotency-Key\`. Sent again with the same content within 24 hours, it is carried out once and gets the first
response with \`Idempotent-Replayed: true\`, but without values that are shown once, such as a token; a \`note\` says
how to go on. Another request with the same idempotency key is a conflict. So is a retry while the first request is
still running, with \`Retry-After\`. Refused requests are not stored and may be sent again with the same idempotency
key. Without an idempotency key, a second revocation changes nothing and a second DELETE is 404. An edit, a roll or
an end-grace is safe to retry only with the key's \`version\`: it is refused if the key has another version by then.
With neither, it applies to the state when it arrives, for example to a grace that another roll has started.

${limitsInWords} \`RateLimit\` and \`RateLimit-Policy\` describe
the limit that the request was counted against; beyond it the response is 429 with \`Retry-After\`.

The tokens of one exchange can have ${words(keysOfFamilyMaximum)} live keys, and one creator
${words(keysOfCreatorMaximum)} in an organization; more are refused as \`conflict\`. A key that expired counts for another
day. A key can have ${words(familiesOfKeyMaximum)} exchanges: the oldest that is not in use is forgotten for a new one.

You may send \`X-Request-Id\` (letters, digits, \`.\`, \`_\`, \`-\`, at most 128); the response repeats it or has a new one.`;

/** Describes the operations as an OpenAPI 3.1 document, with the schemas that parse the requests. */
export function openApiDocument(operations: readonly Operation[], appUrl: string): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  const problems = new Set<string>();
  for (const operation of operations)
    registry.registerPath(describePath(operation, registry, problems, appUrl));
  const references = JSON.stringify(
    registry.definitions.map((each) => (each.type === "route" ? each.route.responses : each)),
    (name, value) => (name === "schema" ? undefined : value),
  );
  for (const [name, header] of Object.entries(headers)) {
    if (references.includes(`#/components/headers/${name}"`))
      registry.registerComponent("headers", name, header);
  }
  for (const [name, scheme] of Object.entries(securitySchemes)) {
    registry.registerComponent("securitySchemes", name, scheme);
  }
  const used = new Set<string>(operations.map(({ tag }) => tag));
  const definitions = [{ type: "schema", schema: problemJson } as const, ...registry.definitions];
  return new OpenApiGeneratorV31(definitions, { unionPreferredType: "anyOf" }).generateDocument({
    openapi: "3.1.1",
    info: {
      title: "Latchkey API",
      version: "1.0.0",
      description,
      license: { name: "All rights reserved", identifier: "LicenseRef-Latchkey" },
    },
    servers: [{ url: appUrl, description: "This installation." }],
    tags: Object.entries(tags)
      .filter(([name]) => used.has(name))
      .map(([name, about]) => ({ name, description: about })),
  }) as unknown as OpenApiDocument;
}

function describePath(
  operation: Operation,
  registry: OpenAPIRegistry,
  problems: Set<string>,
  appUrl: string,
): RouteConfig {
  const { method, path, operationId, summary, tag, params, query, body, answer } = operation;
  const responses: RouteConfig["responses"] = {
    [answer.status]: {
      description: answer.description,
      headers: headerReferences(answer.status, [
        ...(operation.isLimited ? limitHeaders : []),
        ...(isIdempotent(operation) ? (["Idempotent-Replayed"] as const) : []),
        ...(answer.headers ?? []),
      ]),
      ...(answer.schema instanceof z.ZodNull
        ? {}
        : {
            content: {
              [answer.type ?? "application/json"]: { schema: answer.schema, example: answer.example },
            },
          }),
    },
  };
  const errors = describeProblems(operationErrors(operation), appUrl, operation.statuses);
  for (const [status, { name, response }] of Object.entries(errors)) {
    responses[status] = { $ref: `#/components/responses/${name}` };
    if (problems.has(name)) continue;
    problems.add(name);
    registry.registerComponent(
      "responses",
      name,
      response as Parameters<typeof registry.registerComponent>[2],
    );
  }
  addOAuthErrors(operation, responses);
  return {
    method,
    path,
    operationId,
    summary,
    description: descriptionOf(operation),
    tags: [tag],
    security: acceptedCredentials(operation),
    request: {
      params,
      query,
      ...(isIdempotent(operation) ? { headers: idempotencyHeader } : {}),
      ...(operation.headers === undefined ? {} : { headers: operation.headers }),
      ...(body === null ? {} : { body: requestBody(operation, body) }),
    },
    responses,
  };
}

const idempotencyHeader = z.object({
  "Idempotency-Key": z.string().regex(idempotencyKeyPattern).optional().meta({
    description:
      "A unique name for this request, such as a UUID. Sent again within 24 hours, the request is carried out once and gets the same response.",
  }),
});

function requestBody({ example, dialect }: Operation, schema: z.ZodType) {
  const type = dialect === "oauth" ? "application/x-www-form-urlencoded" : "application/json";
  return {
    required: !schema.safeParse(undefined).success,
    content: { [type]: { schema, ...(example === undefined ? {} : { example }) } },
  };
}

function descriptionOf({ description, permission }: Operation): string {
  return permission === null ? description : `${description}\n\nNeeds the permission \`${permission}\`.`;
}
