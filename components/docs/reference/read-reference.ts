import type { Document, Parameter, PathOperation, Response } from "./openapi";
import type { FieldFact } from "./read-fields";
import { choicesOf, descriptionOf, readFields, resolve, typeInWords } from "./read-fields";

/** A response status with the error codes it can carry. */
export type ErrorFact = { readonly status: string; readonly codes: readonly string[] };

export type ParameterFact = FieldFact & { readonly in: Parameter["in"]; readonly example: string };

export type OperationFacts = {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly credentials: readonly string[];
  readonly parameters: readonly ParameterFact[];
  readonly body: {
    readonly type: string;
    readonly required: boolean;
    readonly fields: readonly FieldFact[];
    readonly example: unknown;
  } | null;
  readonly answers: readonly {
    readonly status: string;
    readonly description: string;
    readonly fields: readonly FieldFact[];
    readonly example: unknown;
    /** Whether the response is plain text rather than JSON. */
    readonly isText: boolean;
  }[];
  readonly errors: readonly ErrorFact[];
};

export type Chapter = {
  readonly name: string;
  readonly id: string;
  readonly description: string;
  readonly operations: readonly OperationFacts[];
};

export type Reference = {
  readonly title: string;
  readonly description: string;
  readonly server: string;
  readonly chapters: readonly Chapter[];
};

/** Turns the API's OpenAPI document into the reference that is shown. */
export function readReference(document: Document): Reference {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );
  return {
    title: document.info.title,
    description: document.info.description,
    server: document.servers[0]?.url ?? "",
    chapters: document.tags.map(({ name, description }) => ({
      name,
      id: name.toLowerCase().replaceAll(" ", "-"),
      description,
      operations: operations
        .filter(({ operation }) => operation.tags.includes(name))
        .map(({ path, method, operation }) => readOperation(document, path, method, operation)),
    })),
  };
}

function readOperation(
  document: Document,
  path: string,
  method: string,
  operation: PathOperation,
): OperationFacts {
  const { operationId, summary, description, security = [], parameters = [], requestBody } = operation;
  const responses = Object.entries(operation.responses).map(
    ([status, response]) => [status, resolveResponse(document, response)] as const,
  );
  const [type, body] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    summary,
    description,
    credentials: [...new Set(security.flatMap((scheme) => Object.keys(scheme)))],
    parameters: parameters.map((parameter) => readParameter(document, parameter)),
    body:
      type === undefined || body === undefined
        ? null
        : {
            type,
            required: requestBody?.required === true,
            fields: readFields(document, body.schema ?? {}),
            example: body.example,
          },
    answers: responses
      .filter(([, response]) => !isProblem(response))
      .map(([status, response]) => {
        const [type = "", { schema, example } = {}] = Object.entries(response.content ?? {})[0] ?? [];
        const fields = schema === undefined ? [] : readFields(document, schema);
        const isText = type.startsWith("text/");
        return { status, description: response.description ?? "", fields, example, isText };
      }),
    errors: responses
      .filter(([, response]) => isProblem(response))
      .map(([status, response]) => ({
        status,
        codes: Object.keys(Object.values(response.content ?? {})[0]?.examples ?? {}),
      })),
  };
}

function readParameter(document: Document, parameter: Parameter): ParameterFact {
  const { name, required = false, description = "", schema } = parameter;
  const resolved = resolve(document, schema);
  const example = resolved.examples?.[0] ?? resolved.example ?? resolved.default;
  return {
    name,
    in: parameter.in,
    required,
    type: typeInWords(document, schema),
    description: descriptionOf(document, {
      ...schema,
      description: description || (schema.description ?? ""),
    }),
    choices: choicesOf(document, schema),
    fields: [],
    example: example === undefined ? "" : String(example),
  };
}

function isProblem({ content = {} }: Response): boolean {
  return "application/problem+json" in content;
}

function resolveResponse({ components }: Document, response: Response): Response {
  const name = response.$ref?.split("/").at(-1);
  return name === undefined ? response : (components.responses?.[name] ?? {});
}
