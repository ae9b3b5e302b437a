import { expect, test } from "vitest";
import { createApiListener } from "./listener";

test("the API leaves the platform's Request and Response to Next, which runs beside it", () => {
  const { Request, Response } = globalThis;
  createApiListener();
  expect(globalThis.Request).toBe(Request);
  expect(globalThis.Response).toBe(Response);
});
