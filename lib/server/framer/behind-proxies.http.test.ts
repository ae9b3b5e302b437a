import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { hostileRequests } from "@/e2e/fuzz/byte-streams";
import { openConnection, readAnswers } from "@/e2e/support/api/raw-connection";
import { freePort } from "@/e2e/support/processes/free-port";
import type { TestProxy } from "@/e2e/support/processes/proxies";
import { needProxy, startHaproxy, startNginx } from "@/e2e/support/processes/proxies";
import { loadEnv } from "@/lib/load-env";
import { createHttpServer } from "../http-server";

// Tests real proxies that multiplex all clients over one connection: whatever one client sends, the others get the
// responses to their own requests.

const secret = "0123456789abcdef0123456789abcdef";
const nginx = needProxy("nginx") ?? "";
const haproxy = needProxy("haproxy") ?? "";

type Start = (port: number, upstream: number) => Promise<TestProxy>;

const proxies: [string, string, Start][] = [
  [
    "nginx",
    nginx,
    (port, upstream) =>
      startNginx(
        nginx,
        `upstream latchkey { server 127.0.0.1:${upstream}; keepalive 1; }
         server {
           listen 127.0.0.1:${port}; underscores_in_headers on; ignore_invalid_headers off;
           location / {
             proxy_pass http://latchkey; proxy_http_version 1.1; proxy_set_header Connection "";
             proxy_set_header Host $host; proxy_request_buffering off;
           }
         }`,
        [port],
      ),
  ],
  [
    "haproxy",
    haproxy,
    (port, upstream) =>
      startHaproxy(
        haproxy,
        `defaults
  mode http
  timeout connect 5s
  timeout client 5s
  timeout server 5s
  option accept-invalid-http-request
  http-reuse always
frontend clients
  bind 127.0.0.1:${port}
  default_backend latchkey
backend latchkey
  server one 127.0.0.1:${upstream} pool-max-conn 1
`,
        {},
        port,
      ),
  ],
];

test.each(proxies.filter(([, program]) => program !== ""))("through %s", async (_name, _program, start) => {
  loadEnv({ DATABASE_URL: "postgresql://localhost/latchkey", AUTH_SECRET: secret, KEY_PEPPER: secret });
  let framed = 0;
  const text = (body: string) => `<${body}>`;
  const http = createHttpServer(
    (request, response) => {
      let body = "";
      request.setEncoding("latin1").on("error", () => undefined);
      request.on("data", (chunk) => (body += chunk)).on("end", () => response.end(text(body)));
    },
    {
      ...{ keepAliveSeconds: 75, upgrade: null },
      answerFramed: (_request, body, response) => {
        framed++;
        response.writeHead(200, ["Content-Length", String(body.length + 2)]);
        response.end(text(body.toString("latin1")));
      },
    },
  );
  http.server.listen(0, "127.0.0.1");
  await once(http.server, "listening");
  const port = await freePort();
  const proxy = await start(port, (http.server.address() as AddressInfo).port);
  onTestFinished(async () => {
    await proxy.stop();
    for (const connection of http.connections) connection.destroy();
    http.server.close();
  });

  for (const [index, hostile] of hostileRequests.entries()) {
    const attacker = await openConnection(port);
    attacker.write(Buffer.from(hostile, "latin1"));
    await sleep(5);
    const victim = await openConnection(port);
    const body = `victim ${index}`;
    const answer = await readAnswers(
      victim,
      `POST /v1/keys/verify HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    expect(answer, hostile).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer.match(/<[^>]*>/g), hostile).toEqual([text(body)]);
    attacker.destroy();
    victim.destroy();
  }
  // The requests of the proxy itself are framed.
  expect(framed).toBeGreaterThan(5);
});
