import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { openConnection, readAnswers, readToEnd, statusesIn } from "@/e2e/support/api/raw-connection";
import type { Answering, RequestHead } from "@/lib/api/http/exchange";
import { loadEnv } from "@/lib/load-env";
import { createHttpServer } from "../http-server";
import { stopServing } from "../stop-serving";
import { FramedConnection } from "./framed-connection";

const secret = "0123456789abcdef0123456789abcdef";
loadEnv({ DATABASE_URL: "postgresql://localhost/latchkey", AUTH_SECRET: secret, KEY_PEPPER: secret });

const verify = (body = "{}", more = "") =>
  `POST /v1/keys/verify HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n${more}\r\n${body}`;
const chunked =
  "POST /v1/keys/verify HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";

type Answer = (request: RequestHead, body: string, response: Answering) => void;

const reply: Answer = ({ method, url }, body, response) => {
  const text = `${method} ${url} ${body};`;
  response.writeHead(200, ["Content-Length", String(text.length)]);
  response.end(text);
};

/** A server as in run-server.ts that reports which requests were framed. */
async function serve(answer: Answer = reply) {
  let framed = 0;
  const onNode = async (request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    for await (const chunk of request.setEncoding("latin1")) body += chunk;
    answer(request, body, response);
  };
  const http = createHttpServer(
    (request, response) => void onNode(request, response).catch(() => undefined),
    {
      ...{ keepAliveSeconds: 75, upgrade: null },
      answerFramed: (request, body, response) => {
        framed++;
        answer(request, body.toString("latin1"), response);
      },
    },
  );
  http.server.listen(0, "127.0.0.1");
  await once(http.server, "listening");
  onTestFinished(() => {
    for (const connection of http.connections) connection.destroy();
    http.server.close();
  });
  return { http, port: (http.server.address() as AddressInfo).port, framed: () => framed };
}

/** A framed connection whose clock the test controls. */
async function connected(answer: Answer, isStopping = false) {
  const handed: Socket[] = [];
  let framer: FramedConnection | undefined;
  let bytesRead = () => 0;
  const framing = {
    answer: (request: RequestHead, body: Buffer, response: Answering) =>
      answer(request, body.toString("latin1"), response),
    ...{ handOver: (socket: Socket) => void handed.push(socket), keepAliveSeconds: 75, isStopping },
  };
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    onTestFinished(() => void socket.destroy());
    framer = new FramedConnection(socket, framing, () => undefined);
    bytesRead = () => socket.bytesRead;
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = await openConnection((server.address() as AddressInfo).port);
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  await expect.poll(() => framer).toBeDefined();
  const after = (seconds: number) => framer?.look(performance.now() + seconds * 1000);
  return { client, handed, after, framing, bytesRead: () => bytesRead(), stop: () => framer?.stop() };
}

test("requests of both kinds are answered in order on one connection, wherever the bytes are cut", async () => {
  const { port, framed } = await serve();
  const bytes = verify("1") + verify("22") + chunked + verify("333");
  const expected = ["1", "22", "{}", "333"].map((body) => `POST /v1/keys/verify ${body};`);
  for (let cut = 0; cut < bytes.length; cut += 25) {
    const cuts = Array.from({ length: 25 }, (_, index) => cut + index).filter((at) => at < bytes.length);
    await Promise.all(
      cuts.map(async (at) => {
        const socket = (await openConnection(port)).setNoDelay();
        const answers = readAnswers(socket, bytes.slice(0, at), 4);
        await sleep(10);
        socket.write(bytes.slice(at));
        expect((await answers).match(/POST [^;]+;/g), String(at)).toEqual(expected);
        socket.destroy();
      }),
    );
  }
  expect(framed()).toBe(2 * bytes.length);
});

test("a long head is read once, in however many packets its body comes", async () => {
  const { client } = await connected(reply);
  const body = "x".repeat(50);
  const bytes = verify(body, `X-Long: ${"y".repeat(6000)}\r\n`);
  const looks = vi.spyOn(Buffer.prototype, "indexOf");
  onTestFinished(() => looks.mockRestore());
  let taken = 0;
  client.setNoDelay().on("data", (chunk) => {
    taken += chunk.length;
  });
  for (const packet of [bytes.slice(0, -body.length), ...body]) {
    await new Promise((resolve) => client.write(packet, resolve));
    await sleep(1);
  }
  await expect.poll(() => taken).toBeGreaterThan(0);
  expect(looks.mock.calls.filter(([searched]) => searched === "\r\n\r\n")).toHaveLength(1);
});

test("a connection has one request under way, and reads no more than it can hold", async () => {
  const open: Answering[] = [];
  const { client, handed } = await connected((_request, _body, response) => open.push(response));
  let sent = 0;
  const flood = verify("x".repeat(1000));
  while (client.write(flood) || client.writableLength < 8_000_000) sent += flood.length;
  await sleep(300);
  expect(open).toHaveLength(1);
  // The rest waits at the client, so the server and the kernel hold a bounded part.
  expect(client.bytesWritten - client.writableLength).toBeLessThan(sent);
  expect(client.writableLength).toBeGreaterThan(1_000_000);
  expect(handed).toEqual([]);
});

test("a client that reads no responses gets no more of them, and is cut off after two minutes", async () => {
  let begun = 0;
  const large = "x".repeat(1_000_000);
  const { client, after, bytesRead } = await connected((_request, _body, response) => {
    begun++;
    response.writeHead(200, []);
    setImmediate(() => response.end(large));
  });
  client.pause().write(verify().repeat(200));
  await sleep(300);
  const before = begun;
  expect(before).toBeLessThan(20);
  // The client keeps sending, and the server takes only what it can hold.
  client.on("error", () => undefined);
  const flood = verify("x".repeat(1000));
  while (client.write(flood) || client.writableLength < 8_000_000);
  await sleep(300);
  expect(bytesRead()).toBeLessThan(1_000_000);
  expect(begun).toBe(before);
  after(119);
  await sleep(50);
  expect([client.closed, begun]).toEqual([false, before]);
  after(121);
  client.resume();
  await expect.poll(() => client.closed).toBe(true);
});

test("an incomplete request is handed to node:http after two seconds, with its deadlines", async () => {
  for (const bytes of ["", "P", verify("12345").slice(0, -1)]) {
    const { client, handed, after } = await connected(reply);
    client.write(bytes);
    await sleep(20);
    after(1);
    expect(handed).toEqual([]);
    after(3);
    expect(handed).toHaveLength(1);
    expect(handed[0]?.read()?.toString() ?? "").toBe(bytes);
  }
});

test("an idle connection is closed a second after the promised time", async () => {
  const { client, after } = await connected(reply);
  expect(await readAnswers(client, verify())).toContain("Keep-Alive: timeout=75\r\n");
  after(75);
  expect(await readAnswers(client, verify())).toContain("200 OK");
  const closed = once(client, "end");
  after(77);
  await closed;
});

test("a client that ends its side gets its responses and the end; after half a request only the end", async () => {
  const { client } = await connected(
    (request, body, response) => void setImmediate(reply, request, body, response),
  );
  client.end(verify("1") + verify("2") + verify("3").slice(0, -1));
  expect((await readToEnd(client, [])).match(/verify \d/g)).toEqual(["verify 1", "verify 2"]);
});

test("a response is never cut in two by a header", async () => {
  const faults: unknown[] = [];
  const { client } = await connected((_request, _body, response) => {
    for (const value of ["a\r\nX: y", "a\nb", "\0", "\u0100"]) {
      try {
        response.writeHead(200, ["X", value]);
      } catch (error) {
        faults.push(error);
      }
    }
    response.destroy();
  });
  expect(await readToEnd(client, [verify()])).toBe("");
  expect(faults).toHaveLength(4);
});

test("a shutdown answers the request under way, starts none behind it, and closes idle connections", async () => {
  const open: (() => void)[] = [];
  const { http, port, framed } = await serve((...asked) => void open.push(() => reply(...asked)));
  const idle = await openConnection(port);
  const used = await openConnection(port);
  const usedAnswer = readAnswers(used, verify());
  await expect.poll(() => open.length).toBe(1);
  open.pop()?.();
  await usedAnswer;
  const busy = readToEnd(await openConnection(port), [verify("1") + verify("2")]);
  await expect.poll(() => open.length).toBe(1);
  const stopped = stopServing(http, 60_000);
  await Promise.all([once(idle, "close"), once(used, "close")]);
  open.pop()?.();
  const answer = await busy;
  expect(statusesIn(answer)).toEqual([200]);
  expect(answer).toContain("Connection: close\r\n");
  await stopped;
  expect(framed()).toBe(2);
});

test("a shutdown ends an incomplete request", async () => {
  const { http, port } = await serve();
  const partial = await openConnection(port);
  partial.write(verify().slice(0, -1));
  await expect.poll(() => [...http.connections].filter(({ bytesRead }) => bytesRead > 0).length).toBe(1);
  await stopServing(http, 200);
  expect([...http.connections].filter(({ destroyed }) => !destroyed)).toEqual([]);
});
