import { expect, test } from "vitest";
import { createHttpServer } from "./http-server";

const create = (upgrade: (() => void) | null) =>
  createHttpServer(() => undefined, { keepAliveSeconds: 75, upgrade, answerFramed: null }).server;

test("the server only has this project's listeners, and none can be added", () => {
  const server = create(null);
  const count = (event: string) => server.listenerCount(event);
  // One `connection` listener is node:http's own.
  expect(["request", "connection", "clientError", "connect", "checkExpectation"].map(count)).toEqual([
    1, 2, 1, 1, 1,
  ]);
  expect(["upgrade", "checkContinue"].map(count)).toEqual([0, 0]);
  for (const event of ["request", "connection", "upgrade", "connect", "clientError", "checkContinue"])
    expect(() => server.on(event, () => undefined), event).toThrow(event);
});

test("only development listens for upgrades", () => {
  expect(create(() => undefined).listenerCount("upgrade")).toBe(1);
});

test("has no request timeout, but a short one for headers", () => {
  const server = create(null);
  expect(server.keepAliveTimeout).toBe(75_000);
  expect(server.headersTimeout).toBeLessThanOrEqual(60_000);
  expect(server.headersTimeout).toBeGreaterThan(0);
});
