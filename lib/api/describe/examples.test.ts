import { expect, test } from "vitest";
import { operations } from "../all-operations";

/** Fields by which a change names the state that it is based on. The response has their next values. */
const conditions = new Set(["version", "paused_at"]);

test("[B9] an example response shows what the example request says", () => {
  const compared: string[] = [];
  for (const { operationId, example, answer } of operations) {
    const [request, response] = [firstOf(example), firstOf(answer.example)];
    for (const [name, sent] of Object.entries(request)) {
      if (!(name in response) || conditions.has(name)) continue;
      compared.push(operationId);
      const about = `${operationId}, ${name}`;
      // A verification demands some of the permissions that the key has.
      if (Array.isArray(sent)) expect(response[name], about).toEqual(expect.arrayContaining(sent));
      else expect(response[name], about).toEqual(sent);
    }
  }
  expect(new Set(compared).size).toBeGreaterThan(15);
});

test("[B9] the example of a pause is paused, and that of a revocation revoked", () => {
  const statusOf = (id: string) =>
    firstOf(operations.find(({ operationId }) => operationId === id)?.answer.example).status;
  expect(statusOf("pauseKey")).toBe("paused");
  expect(statusOf("revokeKey")).toBe("revoked");
  expect(statusOf("resumeKey")).toBe("active");
});

/** The object, or the first one of a list such as `keys` or `data`. */
function firstOf(example: unknown): Record<string, unknown> {
  const object = (example ?? {}) as Record<string, unknown>;
  const { keys, data } = object;
  const list = Array.isArray(example) ? example : [keys, data].find(Array.isArray);
  return list === undefined ? object : ((list[0] ?? {}) as Record<string, unknown>);
}
