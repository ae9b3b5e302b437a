import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Refusal } from "../http/problem";
import { bodyLimits, readBody } from "../http/read-body";
import { readJson } from "../http/read-json";
import type { RequestFacts } from "../http/request-facts";
import { checkInput } from "./check-input";
import { keepWritten } from "./keep-written";

/** A request before its query and body are read. */
export type Arrived = {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly facts: RequestFacts;
  /** The absolute URL. */
  readonly url: string;
  /** The parameters of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
};

type Schemas<P, Q, B> = {
  readonly params?: P | undefined;
  readonly query?: Q | undefined;
  readonly body?: B | undefined;
};
type Parsed<P, Q, B> = {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
};

/** How to read a body with its own size limit and a check of its bytes. */
export type BodyReading = {
  readonly bytes: number;
  /** Checks the bytes before they are parsed. */
  readonly check: (incoming: IncomingMessage, body: Buffer) => Promise<Result<null> | Refusal>;
};

/** The same answer for a missing resource, somebody else's resource and a malformed id. */
export const nothingHere = failure("not_found", "There is nothing here that this credential can see.");

/** Validates a request, always in this order: path, query, body. Null if the client disconnected. */
export async function parseRequest<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  arrived: Arrived,
  schemas: Schemas<P, Q, B>,
  reading?: Partial<BodyReading>,
): Promise<{ readonly ok: true; readonly value: Parsed<P, Q, B> } | Refusal | null> {
  const params = schemas.params?.safeParse(arrived.params);
  if (params?.success === false) return nothingHere;
  const query = parseQuery(arrived.url, schemas.query);
  if (!query.ok) return query;
  const body = await parseBody(arrived.incoming, schemas.body, reading);
  if (body === null || !body.ok) return body;
  return success({ params: params?.data, query: query.value, body: body.value } as Parsed<P, Q, B>);
}

async function parseBody(
  incoming: IncomingMessage,
  schema: z.ZodType = noFields,
  { bytes: mostBytes = bodyLimits.bytes, check }: Partial<BodyReading> = {},
): Promise<Result<unknown> | Refusal | null> {
  // A GET's body has no meaning, and many intermediaries drop it. (RFC 9110, 9.3.1)
  if (schema === noFields && (incoming.method === "GET" || incoming.method === "HEAD"))
    return success(undefined);
  const bytes = await readBody(incoming, { ...bodyLimits, bytes: mostBytes });
  if (bytes === null) return null;
  if (!bytes.ok) return { ...bytes, bodyIsUnread: true };
  const checked = await check?.(incoming, bytes.value);
  if (checked?.ok === false) return checked;
  // If every field is optional, so is the body. Some clients send a Content-Type without one.
  if (bytes.value.length === 0) {
    const left = schema.safeParse(undefined);
    if (left.success) return success(left.data);
  }
  const json = readJson(incoming, bytes.value);
  if (!json.ok) return json;
  const { value, text } = json.value;
  return checkInput("body", schema, keepWritten(schema, value, text));
}

const nothing = z.strictObject({});
/** For operations without a body. Refuses any content, since ignoring it would look like accepting it. */
const noFields = nothing.optional().transform(() => undefined);

/**
 * Parses and validates a URL's query string. A repeated parameter is ambiguous, so it is refused, unless its schema is
 * a list.
 */
function parseQuery(url: string, schema: z.ZodType = nothing): Result<unknown> {
  const parameters = new URL(url).searchParams;
  const names = [...new Set(parameters.keys())];
  const lists = schema instanceof z.ZodObject ? names.filter((name) => isList(schema, name)) : [];
  const single = names.filter((name) => !lists.includes(name));
  if (single.some((name) => parameters.getAll(name).length > 1)) {
    return failure("invalid_request", "A parameter appears in the query string more than once.");
  }
  return checkInput("query", schema, {
    ...Object.fromEntries(single.map((name) => [name, parameters.get(name)])),
    ...Object.fromEntries(lists.map((name) => [name, parameters.getAll(name)])),
  });
}

function isList(schema: z.ZodObject, name: string): boolean {
  const field = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
  return (field instanceof z.ZodOptional ? field.unwrap() : field) instanceof z.ZodArray;
}
