import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { openConnection, readAnswers, statusesIn } from "@/e2e/support/api/raw-connection";
import { Framer } from "./framer";

const request = "POST /v1/keys/verify HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";
const large = "x".repeat(1_000_000);

test("[L1] clients that read nothing cannot fill the memory together: those that hold most are cut off", async () => {
  let isLarge = true;
  const framer = new Framer(
    {
      answer: (_request, _body, response) => {
        const text = isLarge ? large : "{}";
        response.writeHead(200, ["Content-Length", String(text.length)]);
        setImmediate(() => response.end(text));
      },
      handOver: (socket) => socket.destroy(),
      keepAliveSeconds: 75,
    },
    2_000_000,
  );
  const sockets: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    framer.take(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const silent = await Promise.all(Array.from({ length: 6 }, () => openConnection(port)));
  onTestFinished(() => {
    for (const client of silent) client.destroy();
    framer.stop();
    server.close();
  });
  for (const client of silent) client.pause().write(request.repeat(20));
  const held = () => sockets.reduce((sum, { writableLength }) => sum + writableLength, 0);
  await expect.poll(() => sockets.filter(({ destroyed }) => destroyed).length).toBeGreaterThan(0);
  await expect.poll(held).toBeLessThanOrEqual(2_000_000);
  isLarge = false;
  const other = await openConnection(port);
  onTestFinished(() => void other.destroy());
  expect(statusesIn(await readAnswers(other, request))).toEqual([200]);
  expect(sockets.some(({ destroyed }) => !destroyed)).toBe(true);
});
