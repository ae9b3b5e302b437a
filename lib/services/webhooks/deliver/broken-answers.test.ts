import type { Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WebhookReceiver } from "@/e2e/support/processes/webhook-receiver";
import { startWebhookReceiver } from "@/e2e/support/processes/webhook-receiver";
import { postMessage } from "./post-message";

let receiver: WebhookReceiver;
beforeAll(async () => {
  receiver = await startWebhookReceiver();
});
afterAll(() => receiver.close());

const post = (signal = new AbortController().signal) =>
  postMessage({
    ...{ url: new URL(receiver.url), headers: {}, body: "{}", allowed: ["127.0.0.0/8"] },
    ...{ isShown: () => true, signal },
  });

/** Makes the receiver write raw bytes to the connection from now on. */
function answerRaw(write: (socket: Socket) => void): void {
  receiver.answerWith((_, response) => {
    if (response.socket === null) throw new Error("the connection is gone");
    response.socket.on("error", () => undefined);
    write(response.socket);
  });
}

/** Writes this text until the connection closes. */
function endlessly(socket: Socket, text: string): void {
  const more = () => {
    if (socket.writable) socket.write(text, () => setImmediate(more));
  };
  more();
}

const switching = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n";

test("[L8] another protocol is a failed attempt, left open or not", async () => {
  answerRaw((socket) => socket.write(switching));
  expect(await post()).toEqual({ status: 101, body: "", error: null });
  answerRaw((socket) => socket.write(switching, () => socket.resetAndDestroy()));
  expect(await post()).toMatchObject({ status: 101 });
  answerRaw((socket) => socket.end(`${switching}and more`));
  expect(await post()).toMatchObject({ status: 101 });
});

test("[L8] a connection that is reset within or after the headers ends the attempt", async () => {
  answerRaw((socket) => socket.write("HTTP/1.1 200 OK\r\nx-a: ", () => socket.resetAndDestroy()));
  expect(await post()).toEqual({ status: null, body: null, error: "connection broken off" });
  answerRaw((socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc"));
  const begun = post();
  // The body never ends, and the part that arrived is kept.
  expect(await begun).toEqual({ status: 200, body: "abc", error: null });
  receiver.answerWith((_, response) => {
    response.writeHead(204).flushHeaders();
    response.socket?.resetAndDestroy();
  });
  const { status, error } = await post();
  expect([status, error]).toEqual(status === null ? [null, "connection broken off"] : [204, null]);
});

test("[L8] endless headers do not count as an HTTP answer", async () => {
  answerRaw((socket) => {
    socket.write("HTTP/1.1 200 OK\r\n");
    endlessly(socket, `x-more: ${"x".repeat(1000)}\r\n`);
  });
  expect(await post()).toEqual({ status: null, body: null, error: "not an HTTP answer" });
});

test.each([
  ["headers that come byte by byte", "HTTP/1.1 200 OK\r\nx-slow: ", "x"],
  ["preliminary answers without end", "", "HTTP/1.1 100 Continue\r\n\r\n"],
  ["an answer that never begins", "", ""],
])("[L8] %s hold an attempt no longer than its signal", async (_, first, then) => {
  const stopping = new AbortController();
  answerRaw((socket) => {
    socket.write(first);
    if (then.length > 1) endlessly(socket, then);
    else if (then !== "") socket.write(then);
    setImmediate(() => stopping.abort());
  });
  expect(await post(stopping.signal)).toEqual({ status: null, body: null, error: "timeout" });
});
