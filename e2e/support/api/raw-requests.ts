import type { Agent } from "node:http";
import { request } from "node:http";
import { request as requestOverTls } from "node:https";

/** Where a request goes: to a server, or to a proxy in front of it. */
export type Reached = {
  readonly url: string;
  /** The certificate authority to trust. */
  readonly ca?: string;
  /** The agent whose connections are used. */
  readonly agent?: Agent;
};

export type Answer = { readonly status: number; readonly headers: Headers; readonly text: string };

type Sent = { readonly headers?: Record<string, string>; readonly body?: string };

/** One request with exactly the given headers: fetch would set Host and Origin itself. */
export function send(
  server: Reached,
  method: string,
  path: string,
  { headers = {}, body }: Sent = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
    const { url, ca, agent } = server;
    const ask = url.startsWith("https:") ? requestOverTls : request;
    const options = { method, ca, agent, headers: { ...length, ...headers } };
    const sent = ask(`${url}${path}`, options, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      answer.on("end", () => {
        const pairs = Object.entries(answer.headersDistinct).flatMap(([name, values]) =>
          (values ?? []).map((value): [string, string] => [name, value]),
        );
        resolve({ status: answer.statusCode ?? 0, headers: new Headers(pairs), text });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

export function postForm(
  server: Reached,
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return send(server, "POST", path, {
    headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
    body: new URLSearchParams(fields).toString(),
  });
}

/** The cookies that a response sets, formatted for the next request. */
export function cookiesOf(answer: Answer): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

/** Signs in through next-auth's own endpoints, as a program would. */
export async function signInByForm(
  server: Reached,
  credentials: { readonly email: string; readonly password: string },
  headers: Record<string, string> = {},
): Promise<{ answer: Answer; csrf: { token: string; cookies: string } }> {
  const asked = await send(server, "GET", "/api/auth/csrf", { headers });
  const csrf = { token: JSON.parse(asked.text).csrfToken as string, cookies: cookiesOf(asked) };
  const fields = { csrfToken: csrf.token, json: "true", ...credentials };
  const answer = await postForm(server, "/api/auth/callback/credentials", fields, {
    ...headers,
    Cookie: [headers.Cookie, csrf.cookies].filter((cookies) => cookies !== undefined).join("; "),
  });
  return { answer, csrf };
}
