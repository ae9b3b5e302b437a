import { beforeAll, describe, expect, test } from "vitest";
import { missingSecurityHeader } from "@/e2e/support/api/check-described";
import {
  headersIn,
  openConnection,
  readAnswers,
  readToEnd,
  statusesIn,
} from "@/e2e/support/api/raw-connection";
import { postForm, send, signInByForm } from "@/e2e/support/api/raw-requests";
import { createPeople, people } from "@/e2e/support/browser/people";
import { provideServer } from "@/e2e/support/processes/provide-server";

const server = provideServer(createPeople);
let port: number;
beforeAll(async () => {
  port = Number(new URL(server.url).port);
  // Next modifies the server when it renders the first page.
  expect((await send(server, "GET", "/sign-in")).status).toBe(200);
});

const owner = { email: people.OWNER.email, password: people.OWNER.password };
const action = { "Next-Action": "0".repeat(42) };

const exchange = async (bytes: string) => readToEnd(await openConnection(port), [bytes]);

describe("an unsafe request is refused unless a page of the dashboard sent it", () => {
  const paths = ["/", "/sign-in", "/account/security", "/acme/settings/general", "/nowhere", "/favicon.ico"];
  const built = ["/_next/static/x.js", "/_next/static/chunks/x"];
  const origins: [string, Record<string, string>][] = [
    ["no Origin", {}],
    ["a hidden Origin", { Origin: "null" }],
    ["a foreign Origin", { Origin: "https://evil.example" }],
    ["a foreign Origin that Host agrees with", { Origin: "http://evil.example", Host: "evil.example" }],
    [
      "a foreign Origin that X-Forwarded-Host agrees with",
      { Origin: "http://evil.example", "X-Forwarded-Host": "evil.example" },
    ],
    [
      "the header by which Next once could be told to skip its proxy",
      { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
    ],
  ];

  test.each(origins)("%s", async (_, headers) => {
    for (const path of [...paths, ...built]) {
      const answer = await send(server, "POST", path, { headers: { ...headers, ...action } });
      expect(`${path} ${answer.status}`).toBe(`${path} 403`);
    }
  });

  test("its own page may send one, whatever a proxy or a client says in other headers", async () => {
    const claims = {
      "X-Forwarded-Host": "keys.lan:1",
      "X-Forwarded-Proto": "https",
      Forwarded: "host=x;proto=https",
    };
    const internals = { "x-middleware-subrequest": "x", "x-action-forwarded": "1", "next-resume": "1" };
    const headers = { Origin: server.url, ...action, ...claims, ...internals };
    const answer = await send(server, "POST", "/sign-in", { headers, body: "[]" });
    // The request passes the door: Next answers that there is no such action.
    expect([answer.status, answer.headers.get("x-nextjs-action-not-found")]).toEqual([409, "1"]);
  });

  test("a foreign page may not even sign in with a stolen CSRF token", async () => {
    const { csrf } = await signInByForm(server, { ...owner, password: "wrong" });
    const fields = { csrfToken: csrf.token, json: "true", ...owner };
    const headers = { Cookie: csrf.cookies, Origin: "https://evil.example" };
    expect((await postForm(server, "/api/auth/callback/credentials", fields, headers)).status).toBe(403);
  });

  test("the refusal says what to do in the text that Next's client shows, and the log says it once", async () => {
    const headers = { ...action, Origin: "https://keys.lan", Host: "upstream" };
    for (let time = 0; time < 3; time++) {
      const answer = await send(server, "POST", "/sign-in", { headers });
      expect(answer.headers.get("content-type")).toBe("text/plain");
      expect(answer.text).toMatch(/^This request did not come from a page of this dashboard\. .*APP_URL/);
    }
    const warnings = server
      .output()
      .split("\n")
      .filter((line) => line.includes('"https://keys.lan"'));
    expect(warnings.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ host: "upstream", origin: "https://keys.lan", APP_URL: "not set" }),
    ]);
    for (let time = 0; time < 30; time++)
      await send(server, "POST", "/sign-in", { headers: { ...headers, Host: `upstream-${time}` } });
    expect(server.output().match(/form or action was refused/g)?.length).toBeLessThanOrEqual(10);
  });
});

describe("a page answers GET, HEAD and POST", () => {
  test.each(["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])(
    "and %s is refused by name",
    async (method) => {
      for (const path of ["/", "/sign-in", "/nowhere", "/_next/static/x.js", "/api/auth/csrf"]) {
        const answer = await exchange(
          `${method} ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`,
        );
        expect(`${path} ${statusesIn(answer)}`).toBe(`${path} 405`);
        expect(headersIn(answer).get("allow")).toBe("GET, HEAD, POST");
      }
    },
  );
});

describe("a request", () => {
  const rest = "Connection: close\r\n\r\n";
  const cases: [string, string, number][] = [
    ["for all of the server", `OPTIONS * HTTP/1.1\r\nHost: x\r\n${rest}`, 400],
    ["that asks for a tunnel", "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n", 405],
    ["with two Hosts", `GET /sign-in HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n${rest}`, 400],
    [
      "of the API with two Hosts",
      `GET /v1/me HTTP/1.1\r\nHost: localhost\r\nhost: localhost\r\n${rest}`,
      400,
    ],
    [
      "of the fast lane with two Hosts",
      `POST /v1/keys/verify HTTP/1.1\r\nHost: a\r\nHost: b\r\n${rest}`,
      400,
    ],
    ["without a Host", `GET /sign-in HTTP/1.1\r\n${rest}`, 400],
    ["of HTTP/1.0 without a Host", "GET /sign-in HTTP/1.0\r\n\r\n", 400],
    ["of the API without a Host", `GET /v1/me HTTP/1.1\r\n${rest}`, 400],
    ["with a Host that is none", `GET /sign-in HTTP/1.1\r\nHost: a/b@c\r\n${rest}`, 400],
    [
      "to a proxy, for elsewhere",
      `GET http://evil.example/v1/me HTTP/1.1\r\nHost: localhost\r\n${rest}`,
      400,
    ],
    ["to a proxy, for here", `GET http://LOCALHOST/v1/me HTTP/1.1\r\nHost: localhost\r\n${rest}`, 401],
    ["for no address", `GET sign-in HTTP/1.1\r\nHost: x\r\n${rest}`, 400],
    ["that expects what nobody does", `GET /sign-in HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n${rest}`, 417],
    ["with a header that never ends", `GET /sign-in HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(70_000)}`, 431],
    ["that is no HTTP", "\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400],
    [
      "whose chunks are none",
      `POST /api/auth/signout HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
      400,
    ],
    ["for an address that cannot be decoded", `GET /%E0%A4%A HTTP/1.1\r\nHost: x\r\n${rest}`, 400],
    [
      "for a picture of elsewhere",
      `GET /_next/image?url=http%3A%2F%2F127.0.0.1%2Fx&w=64&q=75 HTTP/1.1\r\nHost: x\r\n${rest}`,
      404,
    ],
  ];

  test.each(cases)(
    "%s is refused in words, without a trace, with the headers of every answer",
    async (_, bytes, status) => {
      const before = server.output().length;
      const answer = await exchange(bytes);
      expect(statusesIn(answer)).toEqual([status]);
      expect(missingSecurityHeader(headersIn(answer))).toBeUndefined();
      expect(headersIn(answer).get("x-request-id")).toMatch(/^[\w.-]+$/);
      expect(answer + server.output().slice(before)).not.toMatch(/ {4}at |node_modules/);
    },
  );
});

describe("a connection", () => {
  const offers = [
    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n",
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
    "Connection: Upgrade\r\nUpgrade: something\r\n",
  ];

  test.each(offers)("whose client offers an upgrade is answered as before: %j", async (offer) => {
    const socket = await openConnection(port);
    const ask = (line: string, body = "") =>
      readAnswers(
        socket,
        `${line} HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: ${body.length}\r\n${offer}\r\n${body}`,
      );
    expect(statusesIn(await ask("GET /healthz"))).toEqual([200]);
    expect(statusesIn(await ask("GET /sign-in"))).toContain(200);
    expect(statusesIn(await ask("GET /v1/me"))).toContain(401);
    expect(statusesIn(await ask("POST /v1/keys/verify", "{}"))).toContain(401);
    socket.destroy();
  });

  test("is closed if a body continues after the answer, or never ends", async () => {
    const head = (line: string) =>
      `${line} HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: ${server.url}\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const asked = [
      "GET /healthz",
      "GET /sign-in",
      "POST /sign-in",
      "DELETE /v1/keys/x",
      "POST /v1/keys/verify",
      "TRACE /",
    ];
    const answers = await Promise.all(
      asked.map(async (line) => {
        const socket = await openConnection(port);
        // Reads before each write, because a write on a closed connection drops unread data.
        const trickle = setInterval(() => setImmediate(() => socket.write("1\r\nx\r\n")), 200);
        const answer = await readToEnd(socket, [head(line)]);
        clearInterval(trickle);
        return `${line} ${statusesIn(answer)}`;
      }),
    );
    expect(answers).toEqual([
      ...["GET /healthz 200", "GET /sign-in 400", "POST /sign-in 400"],
      ...["DELETE /v1/keys/x 401", "POST /v1/keys/verify 400", "TRACE / 405"],
    ]);
  });

  test("that sends too much is refused at 64 KiB, whatever it requests and however many there are", async () => {
    const chunk = `8000\r\n${"x".repeat(0x8000)}\r\n`;
    const paths = ["/sign-in", "/api/auth/callback/credentials", "/account/profile"];
    const connections = Array.from({ length: 60 }, async (_, index) => {
      const socket = await openConnection(port);
      const path = paths[index % paths.length] ?? "";
      const head = `POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: ${server.url}\r\nTransfer-Encoding: chunked\r\n\r\n`;
      // 96 KiB of an unfinished body; the server must not wait for the rest.
      const answer = await readToEnd(socket, [head, chunk, chunk, chunk]);
      return statusesIn(answer);
    });
    expect(await Promise.all(connections)).toEqual(connections.map(() => [413]));
    expect((await send(server, "GET", "/sign-in")).status).toBe(200);
  });
});

test("a shutdown ends every connection, whatever its state", async () => {
  const page = `GET /healthz HTTP/1.1\r\nHost: x\r\n`;
  const offering = await openConnection(port);
  const offer = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMA\r\n\r\n";
  await readAnswers(offering, page + offer);
  const halfOpen = await openConnection(port, true);
  halfOpen.write("POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n");
  halfOpen.end();
  const silent = await openConnection(port);
  const tunnel = await openConnection(port, true);
  tunnel.write("CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n");
  const unread = await openConnection(port);
  unread.pause().write("GET /sign-in HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100));
  const trickling = await openConnection(port);
  trickling.write(page);
  const trickle = setInterval(() => trickling.write("X"), 100);
  // The exit code would be 1 if the shutdown took too long.
  expect(await server.stop()).toBe(0);
  clearInterval(trickle);
  for (const socket of [offering, halfOpen, silent, tunnel, unread, trickling]) socket.destroy();
});
