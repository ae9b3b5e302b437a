import type { RouteConfig } from "@asteasolutions/zod-to-openapi";
import { OpenAPIRegistry, OpenApiGeneratorV31 } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
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
const limitsInWords = `Each node lets through ${perMinute(key)} of a key, ${perMinute(verify)} of its verifications,
${perMinute(address)} of an address that gives no credential, and ${perMinute(failures)} of credentials from one
address that are refused. A key with a rate limit of its own is counted against that too, which answers name \`own\`.`;

const description = `Everything a program may do with Latchkey. A credential is an API key or an access token;
what it sees and may do follows from its namespace, its roles, its access level and that of who created it.

Errors are problems as RFC 9457 has them: decide by \`code\`. What a credential does not see is 404, what it sees
and may not do is 403. Fields, query parameters and names that are not known are refused with 400, bodies over
64 KiB with 413 where nothing else is said, methods that an address does not answer with 405 and \`Allow\`.

A lost answer is a normal event, so every write is safe to repeat. A POST, PATCH or DELETE may carry an
\`Idempotency-Key\`: sent again with the same content within 24 hours it is done once, and answered as the first
time with \`Idempotent-Replayed: true\`, but without what is given once, such as a token; a \`note\` then says how to
go on. Another request with the same idempotency key is a conflict; while the first is under way, so is the second,
with \`Retry-After\`. What was refused is not kept, and may be sent again with the same idempotency key. Without an
idempotency key, a second revocation changes nothing and a second DELETE is 404. A change, a roll or the end of a
grace is safe to repeat only with the key's \`version\`: it is refused when the key has another one by then. With
neither, it applies to whatever is there when it arrives, such as a grace that another roll has begun.

${limitsInWords} \`RateLimit\` and \`RateLimit-Policy\` say of
the limit that a request was counted against what is left; beyond it the answer is 429 with \`Retry-After\`.

\`X-Request-Id\` may be sent (letters, digits, \`.\`, \`_\`, \`-\`, at most 128) and comes back, or a new one does.`;

/** Describes the operations as OpenAPI 3.1. The schemas are the ones that parse the requests. */
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
  const errors = describeProblems(operationErrors(operation), appUrl);
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
      "A name for this very request, such as a UUID. Sent again within 24 hours, it is answered as before and done once.",
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
