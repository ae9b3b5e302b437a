import { decode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cookiesOf, postForm, send, signInByForm } from "@/e2e/support/api/raw-requests";
import { actionId } from "@/e2e/support/browser/page-action";
import { createPeople, people } from "@/e2e/support/browser/people";
import { createInstallation, type Installation } from "@/e2e/support/database/installation";
import { type ServerProcess, startServer } from "@/e2e/support/processes/server-process";

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

describe("next-auth's endpoints", () => {
  test("sign in with the session's cookie, and sign out so that it no longer works", async () => {
    const { answer, csrf } = await signInByForm(server, owner);
    expect(answer.status).toBe(200);
    const cookie = cookiesOf(answer);
    expect((await send(server, "GET", signedInPage, { headers: { Cookie: cookie } })).status).toBe(200);

    const headers = { Cookie: `${csrf.cookies}; ${cookie}` };
    await postForm(server, "/api/auth/signout", { csrfToken: csrf.token, json: "true" }, headers);
    const replayed = await send(server, "GET", signedInPage, { headers: { Cookie: cookie } });
    expect(replayed.status).toBe(307);
    expect(replayed.headers.get("location")).toBe("/sign-in?next=%2Faccount%2Fprofile");
  });

  test("signing in again ends the browser's previous session, and the browser stays known", async () => {
    const first = cookiesOf((await signInByForm(server, owner)).answer);
    expect(first).toMatch(/latchkey-browser=/);
    const second = cookiesOf((await signInByForm(server, owner, { Cookie: first })).answer);
    const at = async (Cookie: string) =>
      (await send(server, "GET", signedInPage, { headers: { Cookie } })).status;
    expect([await at(first), await at(second)]).toEqual([307, 200]);
    // The known-browser cookie is not accepted as a session, under its own name or a session's.
    const kept = /latchkey-browser=([^;]+)/.exec(second)?.[1] ?? "";
    expect(await at(`latchkey-browser=${kept}`)).toBe(307);
    expect(await at(`latchkey-session=${kept}`)).toBe(307);
  });

  test("a browser that signed in before still signs in after guesses that lock out unknown ones", async () => {
    const Cookie = cookiesOf((await signInByForm(server, owner)).answer);
    for (let guess = 0; guess < 10; guess++) await signInByForm(server, { ...owner, password: "wrong" });
    const session = async (headers: Record<string, string>) =>
      /latchkey-session=/.test(cookiesOf((await signInByForm(server, owner, headers)).answer));
    expect([await session({}), await session({ Cookie })]).toEqual([false, true]);
    // The next tests sign in unknown browsers.
    await server.shiftClock(16 * 60_000);
  });

  test("the token holds the session's id, and nothing else of the person", async () => {
    const { answer } = await signInByForm(server, owner);
    const token = /latchkey-session=([^;]+)/.exec(cookiesOf(answer))?.[1] ?? "";
    const content = await decode({ token, secret: installation.variables.AUTH_SECRET ?? "" });
    expect(Object.keys(content ?? {}).sort()).toEqual(["exp", "iat", "jti", "sessionId"]);
    // Both timestamps read the clock separately.
    const life = Number(content?.exp) - Number(content?.iat);
    expect(Math.abs(life - 7 * 24 * 60 * 60)).toBeLessThan(60);
  });

  test("ask for the CSRF token", async () => {
    const answer = await postForm(server, "/api/auth/callback/credentials", { json: "true", ...owner });
    expect(cookiesOf(answer)).not.toContain("session");
  });

  test("redirect to no other site", async () => {
    const { csrf } = await signInByForm(server, { ...owner, password: "wrong" });
    const fields = { csrfToken: csrf.token, json: "true", callbackUrl: "https://evil.example/x", ...owner };
    const headers = { Cookie: csrf.cookies };
    const answer = await postForm(server, "/api/auth/callback/credentials", fields, headers);
    expect(JSON.parse(answer.text)).toEqual({ url: `${server.url}/` });
  });

  test.each([
    ...["GET session", "POST session", "GET providers", "POST _log", "GET signout", "GET verify-request"],
    ...["POST signin/credentials", "GET callback/credentials", "POST callback/github", "GET csrf/x", "GET x"],
  ])("%s does not exist", async (endpoint) => {
    const [method = "", path] = endpoint.split(" ");
    expect((await send(server, method, `/api/auth/${path}`)).status).toBe(404);
  });
});

test("plain HTTP gives plain cookies that scripts cannot read and foreign pages cannot send along", async () => {
  const { answer } = await signInByForm(server, owner);
  const session = answer.headers.getSetCookie().find((cookie) => cookie.startsWith("latchkey-session="));
  expect(session).toMatch(/; Path=\/; .*HttpOnly; SameSite=Lax$/i);
  expect(session).not.toMatch(/Secure|Domain/);
});

test("behind TLS the cookies are bound to this host, and the browser returns over TLS", async () => {
  const other = await createInstallation();
  await other.withDatabase(createPeople);
  const to = await startServer({ ...other.variables, APP_URL: "https://keys.example.com" });
  try {
    const headers = { Host: "keys.example.com" };
    const { answer } = await signInByForm(to, owner, headers);
    for (const cookie of answer.headers.getSetCookie()) {
      expect(cookie).toMatch(/^__Host-latchkey-\w+=.*; Path=\/; .*SameSite=Lax$/i);
      for (const attribute of ["; HttpOnly", "; Secure"]) expect(cookie).toContain(attribute);
      expect(cookie).not.toContain("Domain");
    }
    expect(cookiesOf(answer)).toContain("__Host-latchkey-session=");
    const page = await send(to, "GET", signedInPage, { headers: { ...headers, Cookie: cookiesOf(answer) } });
    expect(page.status).toBe(200);
    expect(page.headers.get("strict-transport-security")).toMatch(/^max-age=\d{8,}/);

    const from = (origin: string) =>
      send(to, "POST", "/sign-in", {
        headers: { ...headers, Origin: origin, "Next-Action": "0".repeat(42) },
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

test("no attempted password, right or wrong, appears in the server's output", async () => {
  const wrong = "canary-of-a-wrong-password";
  await signInByForm(server, { ...owner, password: wrong });
  await signInByForm(server, { email: "not an email", password: wrong });
  await signInByForm(server, owner);
  // The sign-in page's own action, with input it understands, input it does not, and unreadable input.
  const headers = { Origin: server.url, "Next-Action": actionId("signIn"), "Content-Type": "text/plain" };
  const bodies = [
    [null, { password: wrong }],
    [{ password: wrong }, "$F1"],
  ].map((body) => JSON.stringify(body));
  for (const body of [...bodies, `[{"password":"${wrong}"`]) {
    expect((await send(server, "POST", "/sign-in", { headers, body })).status).not.toBe(404);
  }
  expect(server.output()).not.toContain(wrong);
  expect(server.output()).not.toContain(owner.password);
});
