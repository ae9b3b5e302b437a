import fc from "fast-check";
import type { JsonSchema, KnownIds } from "./arbitrary-of-schema";
import { arbitraryOf } from "./arbitrary-of-schema";
import { hostileText, mangle, spoil } from "./hostile";

type Media = { readonly schema?: JsonSchema; readonly example?: unknown };
type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: JsonSchema;
};
type PathOperation = {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
};
export type FuzzedDocument = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, PathOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
};

export type FuzzedRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
};

/** Requests generated from an API description: some valid, most with something wrong. */
export function requestArbitrary(document: FuzzedDocument, ids: KnownIds): fc.Arbitrary<FuzzedRequest> {
  const each = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => requestOf(document, ids, { path, method, operation })),
  );
  return fc.oneof(...each);
}

type Target = { readonly path: string; readonly method: string; readonly operation: PathOperation };

function requestOf(
  document: FuzzedDocument,
  ids: KnownIds,
  { path, method, operation }: Target,
): fc.Arbitrary<FuzzedRequest> {
  const { parameters = [], requestBody } = operation;
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const good = arbitraryOf(media?.schema ?? {}, document.components.schemas, ids);
  const body =
    media === undefined
      ? fc.constant(undefined)
      : bodyOf(fc.oneof(good, fc.constant(media.example)), type ?? "");
  return fc
    .record({
      path: fillPath(path, ids),
      query: queryOf(parameters, document, ids),
      headers: headersOf(type),
      body,
      method: often(
        fc.constant(method.toUpperCase()),
        fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"),
      ),
    })
    .map((made) => {
      const bodiless = made.method === "GET" || made.method === "OPTIONS";
      const { query, body: bytes, ...rest } = made;
      return {
        ...rest,
        path: rest.path + query,
        ...(bodiless || bytes === undefined ? {} : { body: bytes }),
      };
    });
}

/** Picks the first nine times out of ten. */
function often<T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: rare });
}

function fillPath(path: string, ids: KnownIds): fc.Arbitrary<string> {
  const id = fc.oneof(fc.constantFrom(...ids), fc.constantFrom(...ids), fc.uuid(), hostileText);
  return fc.array(id, { minLength: 3, maxLength: 3 }).map((given) => {
    let place = 0;
    return path.replaceAll(/\{\w+\}/g, () => escapePart(given[place++] ?? ""));
  });
}

/** Percent-encodes and shortens: lone surrogates have no encoding, and a head over 16 KiB never reaches the API. */
function escapePart(text: string): string {
  return encodeURIComponent([...text.toWellFormed()].slice(0, 100).join("")) || "%20";
}

function queryOf(
  parameters: readonly Parameter[],
  document: FuzzedDocument,
  ids: KnownIds,
): fc.Arbitrary<string> {
  const known = parameters.filter((parameter) => parameter.in === "query");
  const names = fc.oneof(fc.constantFrom(...known.map(({ name }) => name), "cursor"), hostileText);
  const hostile = fc.array(fc.tuple(names, hostileText), { maxLength: 3 });
  const good = fc
    .record(
      Object.fromEntries(
        known.map(({ name, schema }) => [name, arbitraryOf(schema, document.components.schemas, ids)]),
      ),
      { requiredKeys: [], noNullPrototype: true },
    )
    .map((values) =>
      Object.entries(values).map(([name, value]) => [name, String(value)] as [string, string]),
    );
  return fc
    .oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 3, arbitrary: good }, hostile)
    .map((pairs) => {
      const query = pairs.map(([name, value]) => `${escapePart(name)}=${escapePart(value)}`).join("&");
      return query === "" ? "" : `?${query}`;
    });
}

function headersOf(type: string | undefined): fc.Arbitrary<Record<string, string>> {
  const types = fc.constantFrom(
    "text/plain",
    "application/json; charset=latin1",
    "application/xml",
    "",
    "*/*",
    "application/json",
  );
  const ascii = fc.string({ maxLength: 40 }).map((text) => text.replace(/[^\x20-\x7e]/g, ""));
  return fc
    .record({
      "Content-Type": often(fc.constant(type ?? ""), types),
      "Idempotency-Key": often(fc.constant(""), ascii),
      "X-Request-Id": often(fc.constant(""), ascii),
      Origin: often(fc.constant(""), fc.constantFrom("https://evil.example", "null")),
    })
    .map((headers) => Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== "")));
}

function bodyOf(good: fc.Arbitrary<unknown>, type: string): fc.Arbitrary<string | Uint8Array<ArrayBuffer>> {
  const write = (value: unknown) => (isForm(type) ? form(value) : (JSON.stringify(value) ?? ""));
  return good.chain((value) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(write(value)) },
      { weight: 5, arbitrary: spoil(value).map(write) },
      { weight: 2, arbitrary: mangle(write(value)) },
    ),
  );
}

const isForm = (type: string) => type === "application/x-www-form-urlencoded";

function form(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const pairs = Object.entries(value).map(([name, field]) => [
    name.toWellFormed(),
    (typeof field === "string" ? field : (JSON.stringify(field) ?? "")).toWellFormed(),
  ]);
  return new URLSearchParams(pairs).toString();
}
