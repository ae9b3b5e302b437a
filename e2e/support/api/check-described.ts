import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { openApiDocument } from "@/lib/api/describe/openapi-document";
import { securityHeaders } from "@/lib/api/http/security-headers";
import type { Operation } from "@/lib/api/operate/operation";

type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
};
type Media = { readonly schema: object };
type Response = {
  readonly headers?: Record<string, { readonly $ref: string }>;
  readonly content?: Record<string, Media>;
};
type Described = {
  readonly paths: Record<string, Record<string, { readonly responses: Record<string, { $ref?: string }> }>>;
  readonly components: {
    readonly headers: Record<
      string,
      { readonly required?: boolean; readonly schema: { readonly type?: string } }
    >;
    readonly responses: Record<string, Response>;
  };
};

type Check = (method: string, path: string, answer: Answer) => void;

/**
 * Checks responses against the description of the operations: path, method and status are described, the body matches
 * the schema, and the headers are present and described.
 *
 * @returns a function that throws an Error naming what differs from the description
 */
export function descriptionChecker(operations: readonly Operation[]): Check {
  const document = openApiDocument(operations, "http://localhost:3000") as unknown as Described;
  const schemas = new Schemas(document);
  return (method, path, answer) => {
    const { pathname } = new URL(path, "http://localhost");
    const fault = faultOf(document, schemas, { method: method.toUpperCase(), path: pathname, answer });
    if (fault === null) return;
    throw new Error(`${method} ${pathname}: ${answer.status} ${fault}: ${answer.text.slice(0, 500)}`);
  };
}

/** Paths that are described for one method but answer all. */
const forGateways = /^\/v1\/(?:forward-auth|auth-request)\//;

type Exchange = { readonly method: string; readonly path: string; readonly answer: Answer };

function faultOf(document: Described, schemas: Schemas, { method, path, answer }: Exchange): string | null {
  const missing = missingSecurityHeader(answer.headers);
  if (missing !== undefined) return `lacks the header ${missing}`;
  const template = templateOf(document, path);
  const asGet = method === "HEAD" || forGateways.test(path);
  const operation = template?.[asGet ? "get" : method.toLowerCase()];
  if (operation === undefined) return faultOutside(schemas, method, template !== undefined, answer);
  const found = operation.responses[answer.status];
  if (found === undefined) return "is a status that is not described";
  const name = found.$ref?.split("/").at(-1);
  const response = (name === undefined ? found : document.components.responses[name]) as Response;
  const fault = faultOfHeaders(document, schemas, response, answer);
  return fault ?? (method === "HEAD" ? null : faultOfBody(schemas, response, answer));
}

/** What is wrong with an answer outside the description: such URLs may only answer with certain errors. */
function faultOutside(schemas: Schemas, method: string, isPath: boolean, answer: Answer): string | null {
  if (isPath && method === "OPTIONS" && answer.status === 204)
    return answer.text === "" ? null : "has a body";
  if (![400, 404, 405].includes(answer.status)) return "is answered where nothing is described";
  if (answer.status === 405 && !answer.headers.has("allow")) return "lacks Allow";
  return method === "HEAD" ? null : faultOfProblem(schemas, answer);
}

/** The first required security header that is missing or wrong; undefined if there is none. */
export function missingSecurityHeader(headers: Headers): string | undefined {
  const expected = securityHeaders();
  return expected.find((name, index) => index % 2 === 0 && headers.get(name) !== expected[index + 1]);
}

/** Standard HTTP headers, and those of every response. */
const common = new Set([
  ...["connection", "content-length", "content-type", "cache-control", "date", "keep-alive", "vary"],
  ...["pragma", "transfer-encoding", "access-control-allow-origin", "access-control-expose-headers"],
  ...["x-content-type-options", "referrer-policy", "permissions-policy", "strict-transport-security"],
]);

function faultOfHeaders(
  { components }: Described,
  schemas: Schemas,
  { headers = {} }: Response,
  answer: Answer,
): string | null {
  const names = Object.keys(headers);
  for (const name of names) {
    const value = answer.headers.get(name);
    const { required = false, schema = {} } = components.headers[name] ?? {};
    if (value === null && required) return `lacks the header ${name}`;
    if (value === null) continue;
    const typed = schema.type === "integer" ? Number(value) : value;
    if (schemas.faultsOf(schema, typed) !== null) return `has a header ${name} that is not as described`;
  }
  const known = new Set(names.map((name) => name.toLowerCase()));
  const strange = [...answer.headers.keys()].find((name) => !common.has(name) && !known.has(name));
  return strange === undefined ? null : `has the header ${strange}, which is not described`;
}

function faultOfBody(schemas: Schemas, { content }: Response, answer: Answer): string | null {
  if (content === undefined) return answer.text === "" ? null : "has a body";
  const type = answer.headers.get("content-type") ?? "";
  const media = content[type];
  if (media === undefined) return `has the type ${type}, which is not described`;
  const value = type.startsWith("text/plain") ? answer.text : JSON.parse(answer.text);
  const faults = schemas.faultsOf(media.schema, value);
  if (faults !== null) return `is not as described: ${faults}`;
  return type === "application/problem+json" ? faultOfProblem(schemas, answer) : null;
}

function faultOfProblem(schemas: Schemas, { status, headers, text }: Answer): string | null {
  if (headers.get("content-type") !== "application/problem+json") return "is no problem document";
  const problem = JSON.parse(text) as { status?: number; request_id?: string };
  const faults = schemas.faultsOf({ $ref: "#/components/schemas/Problem" }, problem);
  if (faults !== null) return `is not a problem: ${faults}`;
  if (problem.status !== status) return "names another status";
  return problem.request_id === headers.get("x-request-id") ? null : "names another request id";
}

function templateOf({ paths }: Described, path: string): Described["paths"][string] | undefined {
  if (Object.hasOwn(paths, path)) return paths[path];
  const template = Object.keys(paths).find((candidate) =>
    new RegExp(`^${candidate.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path),
  );
  return template === undefined ? undefined : paths[template];
}

/** The schemas of a document, each compiled on first use. */
class Schemas {
  // OpenAPI keywords beyond JSON Schema are not errors.
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(document: object) {
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(document, "api");
  }

  faultsOf(schema: object, value: unknown): string | null {
    // References point into the document.
    const text = JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"api#/');
    const validate = this.#compiled.get(text) ?? this.#ajv.compile(JSON.parse(text));
    this.#compiled.set(text, validate);
    return validate(value) ? null : this.#ajv.errorsText(validate.errors);
  }
}
