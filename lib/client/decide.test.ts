import { expect, test, vi } from "vitest";
import { decide } from "./decide";
import { refusalResponse } from "./frameworks/refusal-response";
import { LatchkeyError } from "./latchkey-error";
import type { Verification } from "./verification";

const key = {
  key_id: "key_0123456789abcdEF",
  name: "Billing",
  subject: "cus_1",
  metadata: { plan: "pro" },
  metadata_json: '{"plan":"pro"}',
  type: "secret",
  organization_id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11",
  namespace: { type: "organization", id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11" },
  access_level: "MEMBER",
  roles: [],
  permissions: [],
  expires_at: null,
  expiry_set_by: null,
  secret: "current",
  limited_by: [],
} as const;

const presented = { authorization: "Bearer x", apiKey: undefined, address: undefined };

async function responseTo(answer: Verification | Error) {
  const verify = async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const decision = await decide({ verify }, presented, {});
  return decision.ok ? "let in" : refusalResponse(decision.refusal, undefined, {});
}

test("an address outside the key's allowlist is 403, without a challenge", async () => {
  const response = await responseTo({ valid: false, code: "FORBIDDEN_IP", ...key });
  expect(response).toMatchObject({ status: 403, body: expect.stringContaining('"code":"forbidden"') });
  expect(response).not.toHaveProperty("headers.WWW-Authenticate");
});

test("a key that is used too often is 429", async () => {
  const rate_limit = { requests: 5, seconds: 60, remaining: 0, reset_seconds: 60, retry_after_seconds: 12 };
  const response = await responseTo({ valid: false, code: "RATE_LIMITED", ...key, rate_limit });
  expect(response).toMatchObject({ status: 429, headers: { "Retry-After": "12" } });
});

test("an unknown verdict of a newer Latchkey lets nobody in", async () => {
  const strange = { ...key, valid: false, code: "PAUSED" } as unknown as Verification;
  expect(await responseTo(strange)).toMatchObject({ status: 401 });
});

test("no verdict is 503 with Retry-After, whatever the reason", async () => {
  for (const code of ["unavailable", "refused", "invalid_request", "closed"] as const) {
    const response = await responseTo(new LatchkeyError(code, "inner detail"));
    expect(response).toMatchObject({ status: 503, headers: { "Retry-After": "1" } });
    expect(JSON.stringify(response)).not.toContain("inner detail");
  }
  const wait = new LatchkeyError("rate_limited", "", { retryAfterSeconds: 6.2 });
  expect(await responseTo(wait)).toMatchObject({ status: 503, headers: { "Retry-After": "7" } });
});

test("any other error is thrown", async () => {
  await expect(responseTo(new RangeError("a fault"))).rejects.toThrow("a fault");
});

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["::FFFF:203.0.113.7", "203.0.113.7"],
  ["fe80::1%eth0", "fe80::1"],
  ["2001:db8::1", "2001:db8::1"],
  ["203.0.113.7, 10.0.0.1", undefined],
  ["unknown", undefined],
  ["", undefined],
  [undefined, undefined],
])("the address %j is sent as %j", async (address, ip) => {
  const verify = vi.fn(async () => ({ valid: false, code: "UNKNOWN" }) as const);
  await decide({ verify }, { ...presented, address }, { permissions: ["a:b"] });
  expect(verify).toHaveBeenCalledWith("x", { permissions: ["a:b"], ip });
});
