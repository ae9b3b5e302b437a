import { request } from "node:http";
import { decode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createInstallation, type Installation } from "@/e2e/support/installation";
import { createPeople, people } from "@/e2e/support/people";
import { type ServerProcess, startServer } from "@/e2e/support/server-process";

let installation: Installation;
let server: ServerProcess;
beforeAll(async () => {
  installation = await createInstallation();
  await installation.withDatabase(createPeople);
  server = await startServer(installation.variables);
});
afterAll(async () => {
  await server.stop();
  await installation.remove();
});

const owner = { email: people.OWNER.email, password: people.OWNER.password };
const signedInPage = "/account/profile";

type Answer = { status: number; headers: Headers; text: string };

/** fetch sets Host and Origin itself; these tests are about them. */
function send(
  method: string,
  path: string,
  {
    headers = {},
    body,
    to = server,
  }: { headers?: Record<string, string>; body?: string; to?: ServerProcess } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
    const sent = request(`${to.url}${path}`, { method, headers: { ...length, ...headers } }, (answer) => {
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

function cookiesOf(answer: Answer): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

/** Through next-auth's own endpoints, as a program would. */
async function signIn(
  credentials: { email: string; password: string },
  { headers = {}, to = server }: { headers?: Record<string, string>; to?: ServerProcess } = {},
): Promise<{ answer: Answer; csrf: { token: string; cookies: string } }> {
  const asked = await send("GET", "/api/auth/csrf", { headers, to });
  const csrf = { token: JSON.parse(asked.text).csrfToken as string, cookies: cookiesOf(asked) };
  const answer = await postForm(
    "/api/auth/callback/credentials",
    { csrfToken: csrf.token, json: "true", ...credentials },
    { headers: { ...headers, Cookie: csrf.cookies }, to },
  );
  return { answer, csrf };
}

function postForm(
  path: string,
  fields: Record<string, string>,
  { headers = {}, to = server }: { headers?: Record<string, string>; to?: ServerProcess } = {},
): Promise<Answer> {
  return send("POST", path, {
    headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
    body: new URLSearchParams(fields).toString(),
    to,
  });
}

describe("an unsafe request is refused unless a page of the dashboard sent it", () => {
  const paths = ["/", "/sign-in", "/account/security", "/acme/settings/general", "/nowhere", "/favicon.ico"];
  const origins = [
    ["no Origin", {}],
    ["a hidden Origin", { Origin: "null" }],
    ["a foreign Origin", { Origin: "https://evil.example" }],
    ["a foreign Origin that Host agrees with", { Origin: "http://evil.example", Host: "evil.example" }],
    [
      "a foreign Origin that X-Forwarded-Host agrees with",
      {
        ...{ Origin: "http://evil.example", "X-Forwarded-Host": "evil.example" },
      },
    ],
    [
      "the header by which Next once could be told to skip its proxy",
      {
        "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy",
      },
    ],
  ] as const satisfies readonly (readonly [string, Record<string, string>])[];

  test.each(origins)("%s", async (_, headers) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      for (const path of paths) {
        const answer = await send(method, path, { headers: { ...headers, "Next-Action": "0".repeat(42) } });
        expect(`${method} ${path} ${answer.status}`).toBe(`${method} ${path} 403`);
      }
    }
  });

  test("its own page may send one", async () => {
    const headers = { Origin: server.url, "Next-Action": "0".repeat(42) };
    expect((await send("POST", "/sign-in", { headers, body: "[]" })).status).not.toBe(403);
  });

  test("the built files answer no action, whatever its Origin", async () => {
    for (const path of ["/_next/static/x.js", "/_next/static/chunks/x"]) {
      expect((await send("POST", path, { headers: { "Next-Action": "0".repeat(42) } })).status).toBe(404);
    }
  });

  test("a foreign page may not even sign in with a CSRF token that it got hold of", async () => {
    const { csrf } = await signIn({ ...owner, password: "wrong" });
    const fields = { csrfToken: csrf.token, json: "true", ...owner };
    const headers = { Cookie: csrf.cookies, Origin: "https://evil.example" };
    expect((await postForm("/api/auth/callback/credentials", fields, { headers })).status).toBe(403);
  });
});

describe("next-auth's endpoints", () => {
  test("sign in with the session's cookie, and out so that the cookie is worth nothing", async () => {
    const { answer, csrf } = await signIn(owner);
    expect(answer.status).toBe(200);
    const cookie = cookiesOf(answer);
    expect((await send("GET", signedInPage, { headers: { Cookie: cookie } })).status).toBe(200);

    const headers = { Cookie: `${csrf.cookies}; ${cookie}` };
    await postForm("/api/auth/signout", { csrfToken: csrf.token, json: "true" }, { headers });
    const replayed = await send("GET", signedInPage, { headers: { Cookie: cookie } });
    expect(replayed.status).toBe(307);
    expect(replayed.headers.get("location")).toBe("/sign-in?next=%2Faccount%2Fprofile");
  });

  test("the token holds the session's id, and nothing else of the person", async () => {
    const { answer } = await signIn(owner);
    const token = /latchkey-session=([^;]+)/.exec(cookiesOf(answer))?.[1] ?? "";
    const content = await decode({ token, secret: installation.variables.AUTH_SECRET ?? "" });
    expect(Object.keys(content ?? {}).sort()).toEqual(["exp", "iat", "jti", "sessionId"]);
    expect(Number(content?.exp) - Number(content?.iat)).toBe(7 * 24 * 60 * 60);
  });

  test("ask for the CSRF token", async () => {
    const answer = await postForm("/api/auth/callback/credentials", { json: "true", ...owner });
    expect(cookiesOf(answer)).not.toContain("session");
  });

  test("lead to no other site", async () => {
    const { csrf } = await signIn({ ...owner, password: "wrong" });
    const fields = { csrfToken: csrf.token, json: "true", callbackUrl: "https://evil.example/x", ...owner };
    const headers = { Cookie: csrf.cookies };
    const answer = await postForm("/api/auth/callback/credentials", fields, { headers });
    expect(JSON.parse(answer.text)).toEqual({ url: `${server.url}/` });
  });

  test.each([
    ...["GET session", "POST session", "GET providers", "POST _log", "GET signout", "GET verify-request"],
    ...["POST signin/credentials", "GET callback/credentials", "POST callback/github", "GET csrf/x", "GET x"],
  ])("%s is not there", async (endpoint) => {
    const [method = "", path] = endpoint.split(" ");
    expect((await send(method, `/api/auth/${path}`)).status).toBe(404);
  });
});

describe("a page", () => {
  test("runs only scripts that carry its own nonce, another one each time", async () => {
    const nonces = new Set<string>();
    for (let time = 0; time < 2; time++) {
      const page = await send("GET", "/sign-in", { headers: { "x-nonce": "ours", "x-latchkey-path": "/x" } });
      const policy = page.headers.get("content-security-policy") ?? "";
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
      const scripts = page.text.match(/<script[^>]*>/g) ?? [];
      expect(scripts.length).toBeGreaterThan(3);
      expect(scripts.filter((script) => !script.includes(`nonce="${nonce}"`))).toEqual([]);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(2);
    expect(nonces).not.toContain("ours");
  });

  test("is kept by nobody, framed by nobody, and tells no other site its address", async () => {
    const cookie = cookiesOf((await signIn(owner)).answer);
    const { headers } = await send("GET", signedInPage, { headers: { Cookie: cookie } });
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("strict-transport-security")).toBeNull();
    expect(headers.get("x-powered-by")).toBeNull();
  });

  test("asks the person to sign in and to come back, by the address that was asked for", async () => {
    const headers = { "x-latchkey-path": "//evil.example" };
    const answer = await send("GET", `${signedInPage}?a=b&c=d`, { headers });
    expect(answer.headers.get("location")).toBe("/sign-in?next=%2Faccount%2Fprofile%3Fa%3Db%26c%3Dd");
  });

  test.each(["x", "a.b.c.d.e", "%00", "eyJhbGciOiJub25lIn0.eyJzZXNzaW9uSWQiOiJ4In0."])(
    "takes the cookie %s for nobody's",
    async (value) => {
      const answer = await send("GET", signedInPage, { headers: { Cookie: `latchkey-session=${value}` } });
      expect(answer.status).toBe(307);
    },
  );
});

test("plain HTTP gives plain cookies that scripts cannot read and foreign pages cannot send along", async () => {
  const { answer } = await signIn(owner);
  const session = answer.headers.getSetCookie().find((cookie) => cookie.startsWith("latchkey-session="));
  expect(session).toMatch(/; Path=\/; .*HttpOnly; SameSite=Lax$/);
  expect(session).not.toMatch(/Secure|Domain/);
});

test("behind TLS the cookies belong to this host alone, and the browser is to come back by TLS", async () => {
  const other = await createInstallation();
  await other.withDatabase(createPeople);
  const to = await startServer({ ...other.variables, APP_URL: "https://keys.example.com" });
  try {
    const headers = { Host: "keys.example.com" };
    const { answer } = await signIn(owner, { headers, to });
    for (const cookie of answer.headers.getSetCookie()) {
      expect(cookie).toMatch(/^__Host-latchkey-\w+=.*; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
      expect(cookie).not.toContain("Domain");
    }
    expect(cookiesOf(answer)).toContain("__Host-latchkey-session=");
    const page = await send("GET", signedInPage, { headers: { ...headers, Cookie: cookiesOf(answer) }, to });
    expect(page.status).toBe(200);
    expect(page.headers.get("strict-transport-security")).toMatch(/^max-age=\d{8,}/);

    const from = (origin: string) =>
      send("POST", "/sign-in", {
        headers: { ...headers, Origin: origin, "Next-Action": "0".repeat(42) },
        to,
      });
    expect((await from("https://keys.example.com")).status).not.toBe(403);
    const refused = await from("http://keys.example.com");
    expect(refused.status).toBe(403);
    expect(refused.text).toContain("https://keys.example.com");
  } finally {
    await to.stop();
    await other.remove();
  }
});

test("no password that was tried, right or wrong, stands in the server's output", async () => {
  const wrong = "canary-of-a-wrong-password";
  await signIn({ ...owner, password: wrong });
  await signIn({ email: "not an email", password: wrong });
  await signIn(owner);
  const headers = { Origin: server.url, "Next-Action": "0".repeat(42), "Content-Type": "text/plain" };
  await send("POST", "/sign-in", { headers, body: JSON.stringify([{ password: wrong }, "$F1"]) });
  await send("POST", "/sign-in", { headers, body: `[{"password":"${wrong}"` });
  expect(server.output()).not.toContain(wrong);
  expect(server.output()).not.toContain(owner.password);
});
