import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { connect } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { limitExchange } from "./limit-exchange";

const twoMinutesMs = 120_000;
const part = Buffer.alloc(100_000, "x");

// A server with an endless export, written as fast as it is read.
const server = createServer((request, response) => {
  limitExchange(request, response);
  const write = () => {
    while (response.write(part));
  };
  response.on("drain", write);
  write();
});
let client: Socket;
let received = 0;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  client.on("error", () => undefined);
  received = 0;
  client.on("data", (bytes) => {
    received += bytes.length;
  });
  client.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
});
afterEach(async () => {
  vi.useRealTimers();
  client.destroy();
  server.closeAllConnections();
  server.close();
});

async function read(bytes: number): Promise<void> {
  const goal = received + bytes;
  client.resume();
  while (received < goal) await once(client, "data");
  client.pause();
}

test("an answer may take any time while its client reads, and is cut off when it stops", async () => {
  for (let period = 0; period < 3; period++) {
    await read(20_000_000);
    vi.advanceTimersByTime(twoMinutesMs);
  }
  expect(client.destroyed).toBe(false);
  await read(20_000_000);
  vi.advanceTimersByTime(twoMinutesMs);
  // Only data in the kernel's buffers still arrives.
  vi.advanceTimersByTime(twoMinutesMs);
  client.resume();
  await once(client, "close");
});
