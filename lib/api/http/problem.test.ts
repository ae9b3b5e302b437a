import { describe, expect, test } from "vitest";
import type { ErrorCode } from "@/lib/core/error";
import { errorStatus, errorTitles } from "@/lib/core/error";
import { failure } from "@/lib/core/result";
import { methodNotAllowed, problem } from "./problem";

const about = { appUrl: "https://keys.example.com", requestId: "r-1" };
const codes = Object.keys(errorStatus) as ErrorCode[];

describe("[J3] a problem", () => {
  test.each(codes)("%s is an RFC 9457 document with its own type", (code) => {
    const { status, headers, body } = problem(failure(code, "Why."), about);
    expect(JSON.parse(body)).toEqual({
      type: `https://keys.example.com/docs/errors#${code}`,
      title: errorTitles[code],
      status: errorStatus[code],
      detail: "Why.",
      code,
      request_id: "r-1",
    });
    expect(status).toBe(errorStatus[code]);
    expect(headers).toMatchObject({
      "Content-Type": "application/problem+json",
      "Content-Length": String(Buffer.byteLength(body)),
      "Cache-Control": "no-store",
    });
  });

  test.each(codes.filter((code) => errorStatus[code] === 401))("%s asks for a bearer token", (code) => {
    const challenge = problem(failure(code, "Why."), about).headers["WWW-Authenticate"];
    const withoutError = code === "key_missing" || code === "signed_out";
    expect(challenge).toBe(
      withoutError
        ? 'Bearer realm="latchkey"'
        : 'Bearer realm="latchkey", error="invalid_token", error_description="Why."',
    );
  });

  test("forbidden says that the scope is insufficient, unless no credential would help", () => {
    const forbidden = failure("forbidden", "Why.");
    expect(problem(forbidden, about).headers["WWW-Authenticate"]).toContain('error="insufficient_scope"');
    const headers = problem({ ...forbidden, withoutChallenge: true }, about).headers;
    expect(headers).not.toHaveProperty("WWW-Authenticate");
  });

  test("keeps a challenge whole, whatever the detail holds", () => {
    const { headers } = problem(failure("key_unknown", 'a"b\\c\r\nSet-Cookie: é'), about);
    expect(headers["WWW-Authenticate"]).toBe(
      'Bearer realm="latchkey", error="invalid_token", error_description="abcSet-Cookie: "',
    );
  });

  test("lists the methods that an address accepts", () => {
    expect(problem(methodNotAllowed(["GET", "HEAD"]), about).headers.Allow).toBe("GET, HEAD");
  });

  test("lists what is wrong by field", () => {
    const fields = [{ field: "ip", message: "This is not an IP address" }];
    const { body } = problem(failure("invalid_request", "Why.", fields), about);
    expect(JSON.parse(body).errors).toEqual(fields);
  });
});
