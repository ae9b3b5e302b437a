import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { openApiDocument } from "@/lib/api/openapi-document";
import { operations } from "@/lib/api/operations";

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
    readonly headers: Record<string, { readonly required?: boolean; readonly schema: object }>;
    readonly responses: Record<string, Response>;
  };
};

const appUrl = "http://localhost:3000";
const document = openApiDocument(operations, appUrl) as unknown as Described;
// Keywords of OpenAPI beside those of JSON Schema (discriminator, example) are no fault.
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, "api");

/** Without a body: what answers there is described by RFC 9110 and by nothing of ours. */
const unspecified = new Set(["405", "404", "400"]);

/**
 * Holds an answer against the description: the path, method and status are in it, the body keeps to the
 * schema and the headers are there.
 *
 * @throws Error that says what is not as described
 */
export function checkDescribed(method: string, url: string, answer: Answer): void {
  const path = new URL(url).pathname;
  const fault = faultOf(method.toUpperCase(), path, answer);
  if (fault === null) return;
  throw new Error(`${method} ${path}: ${answer.status} ${fault}: ${answer.text.slice(0, 500)}`);
}

function faultOf(method: string, path: string, answer: Answer): string | null {
  const template = templateOf(path);
  const operation = template?.[method === "HEAD" ? "get" : method.toLowerCase()];
  if (operation === undefined) return faultOutside(method, template !== undefined, answer);
  const found = operation.responses[answer.status];
  if (found === undefined) return "is a status that is not described";
  const name = found.$ref?.split("/").at(-1);
  const response = (name === undefined ? found : document.components.responses[name]) as Response;
  return faultOfHeaders(response, answer) ?? (method === "HEAD" ? null : faultOfBody(response, answer));
}

/** Where nothing is described, only these are answered. */
function faultOutside(method: string, isPath: boolean, answer: Answer): string | null {
  if (isPath && method === "OPTIONS" && answer.status === 204)
    return answer.text === "" ? null : "has a body";
  if (!unspecified.has(String(answer.status))) return "is answered where nothing is described";
  if (isPath && answer.status === 405 && !answer.headers.has("allow")) return "lacks Allow";
  if (method === "HEAD") return null;
  return faultOfProblem(answer);
}

function faultOfHeaders({ headers = {} }: Response, answer: Answer): string | null {
  for (const name of Object.keys(headers)) {
    const value = answer.headers.get(name);
    const { required, schema } = document.components.headers[name] ?? { schema: {} };
    if (value === null && required) return `lacks the header ${name}`;
    if (value === null) continue;
    const number = (schema as { type?: string }).type === "integer" ? Number(value) : value;
    if (!validator(schema)(number)) return `has a header ${name} that is not as described`;
  }
  const strange = [...answer.headers.keys()].find(
    (name) => !common.has(name) && !Object.keys(headers).some((known) => known.toLowerCase() === name),
  );
  return strange === undefined ? null : `has the header ${strange}, which is not described`;
}

/** Those of HTTP itself, and of any answer here. */
const common = new Set([
  ...["connection", "content-length", "content-type", "cache-control", "date", "keep-alive", "vary"],
  ...["transfer-encoding", "access-control-allow-origin", "access-control-expose-headers"],
]);

function faultOfBody({ content }: Response, answer: Answer): string | null {
  if (content === undefined) return answer.text === "" ? null : "has a body";
  const type = answer.headers.get("content-type") ?? "";
  const media = content[type];
  if (media === undefined) return `has the type ${type}, which is not described`;
  const validate = validator(media.schema);
  if (!validate(JSON.parse(answer.text))) return `is not as described: ${ajv.errorsText(validate.errors)}`;
  return type === "application/problem+json" ? faultOfProblem(answer) : null;
}

function faultOfProblem({ status, headers, text }: Answer): string | null {
  if (headers.get("content-type") !== "application/problem+json") return "is no problem document";
  const problem = JSON.parse(text) as { status?: number; request_id?: string };
  const validate = validator({ $ref: "#/components/schemas/Problem" });
  if (!validate(problem)) return `is not a problem: ${ajv.errorsText(validate.errors)}`;
  if (problem.status !== status) return "names another status";
  return problem.request_id === headers.get("x-request-id") ? null : "names another request id";
}

const validators = new Map<object, ValidateFunction>();

function validator(schema: object): ValidateFunction {
  const known = validators.get(schema) ?? ajv.compile(absolute(schema));
  validators.set(schema, known);
  return known;
}

/** References in the schemas of the document are to the document. */
function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"api#/'));
}

function templateOf(path: string): Described["paths"][string] | undefined {
  if (Object.hasOwn(document.paths, path)) return document.paths[path];
  const template = Object.keys(document.paths).find((candidate) =>
    new RegExp(`^${candidate.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path),
  );
  return template === undefined ? undefined : document.paths[template];
}
