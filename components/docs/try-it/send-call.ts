import type { TryItCall } from "./try-it-call";

export type Response = { readonly summary: string; readonly text: string };

/**
 * Sends a call to this page's own server. Without cookies: only the token authenticates the call.
 *
 * @param values the form's values by location and name: `path:id`, `query:limit`, `header:Idempotency-Key`, `body`
 */
export async function send(
  call: TryItCall,
  values: ReadonlyMap<string, string>,
  token: string,
): Promise<Response> {
  const { method, path, body } = call;
  const headers: Record<string, string> = {};
  if (token !== "") headers.Authorization = authorization(call, token);
  if (body !== null) headers["Content-Type"] = body.type;
  const query = new URLSearchParams();
  let address = path;
  for (const [name, value] of values) {
    const [place, parameter] = [name.slice(0, name.indexOf(":")), name.slice(name.indexOf(":") + 1)];
    if (place === "path") address = address.replace(`{${parameter}}`, encodeURIComponent(value));
    if (value === "") continue;
    if (place === "query") query.set(parameter, value);
    if (place === "header") headers[parameter] = value;
  }
  const sent = body === null ? undefined : bodyText(body.type, values.get("body") ?? "");
  try {
    const response = await fetch(`${address}${query.size === 0 ? "" : `?${query}`}`, {
      method,
      headers,
      credentials: "omit",
      cache: "no-store",
      ...(sent === undefined ? {} : { body: sent }),
    });
    const requestId = response.headers.get("X-Request-Id");
    return { summary: `${response.status}, request ${requestId}`, text: pretty(await response.text()) };
  } catch {
    return { summary: "The request could not be sent.", text: "" };
  }
}

/** An OAuth client's id is part of its secret: the 16 characters after the prefix, such as `lk_sk_`. */
function authorization({ credential }: TryItCall, token: string): string {
  if (credential !== "client") return `Bearer ${token}`;
  const [, id = ""] = /^[a-z0-9]+_[sp]k_([0-9A-Za-z]{16})/.exec(token) ?? [];
  return `Basic ${btoa(`key_${id}:${token}`)}`;
}

/** Form bodies are also edited as JSON, and sent form-encoded. */
function bodyText(type: string, text: string): string {
  if (type !== "application/x-www-form-urlencoded") return text;
  try {
    return new URLSearchParams(JSON.parse(text)).toString();
  } catch {
    return text;
  }
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
