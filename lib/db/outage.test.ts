import { describe, expect, test } from "vitest";
import { isOutage, isReadOnly } from "./outage";

/** The form in which Prisma passes on a driver adapter's error. */
function wrapped(code: string, cause: object): Error {
  const driverAdapterError = Object.assign(new Error("in the adapter"), { cause });
  return Object.assign(new Error("in Prisma"), { code, meta: { driverAdapterError } });
}

describe("[L1] an outage of the database", () => {
  test.each([
    ["no server at the address", wrapped("P1001", { kind: "DatabaseNotReachable", host: "127.0.0.1" })],
    ["the same in a raw query", wrapped("P2010", { kind: "DatabaseNotReachable", host: "127.0.0.1" })],
    ["the server is shutting down", wrapped("P2010", { kind: "postgres", originalCode: "57P01" })],
    ["the server is starting up", wrapped("P2010", { kind: "postgres", code: "57P03" })],
    ["no connection is left", wrapped("P2037", { kind: "TooManyConnections" })],
    ["the connection was cut", new Error("Connection terminated unexpectedly")],
    ["no connection in time", new Error("timeout exceeded when trying to connect")],
    ["refused by the system", Object.assign(new Error("connect"), { code: "ECONNREFUSED" })],
    ["in the cause of another error", new Error("outer", { cause: new Error("Connection terminated") })],
    ["closed by this process", new Error("The database is not open")],
  ])("is seen when: %s", (_, error) => {
    expect(isOutage(error)).toBe(true);
  });

  test.each([
    ["a missing column", wrapped("P2010", { kind: "ColumnNotFound", originalCode: "42703" })],
    ["a broken constraint", wrapped("P2002", { kind: "UniqueConstraintViolation", originalCode: "23505" })],
    ["a fault of ours", new TypeError("Cannot read properties of undefined")],
    ["a message that only quotes one", new Error("not: Connection terminated")],
    ["nothing", undefined],
    ["a string", "Connection terminated"],
  ])("is not: %s", (_, error) => {
    expect(isOutage(error)).toBe(false);
  });

  test("is searched to a limited depth, so that a cycle of causes ends", () => {
    const circle = new Error("a");
    circle.cause = circle;
    expect(isOutage(circle)).toBe(false);
  });
});

test("[L1] a read-only database is distinguished from one that does not answer", () => {
  const readOnly = wrapped("P2010", { kind: "postgres", originalCode: "25006" });
  expect([isReadOnly(readOnly), isOutage(readOnly)]).toEqual([true, false]);
  expect(isReadOnly(wrapped("P2010", { kind: "postgres", originalCode: "57P01" }))).toBe(false);
  const circle = new Error("a");
  circle.cause = circle;
  expect(isReadOnly(circle)).toBe(false);
});
