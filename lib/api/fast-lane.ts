import type { IncomingMessage, ServerResponse } from "node:http";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { countRequest } from "@/lib/metrics/counts";
import type { VerifyKeyInput } from "@/lib/schemas/verify-key";
import { verifyKeyInput } from "@/lib/schemas/verify-key";
import { addressOf, requestIdOf } from "@/lib/verify/mark-request";
import { admitRequest } from "./admit-request";
import { invalidInput } from "./invalid-input";
import type { Refusal } from "./problem";
import { rateLimits } from "./rate-limits";
import { RawHeaders } from "./raw-headers";
import { bodyLimits, readArrivedBody, readBody } from "./read-body";
import { readJson } from "./read-json";
import type { RequestFacts } from "./request-facts";
import { sendJson, sendProblem, sendProblemAndClose } from "./send";
import { unexpected } from "./unexpected";
import type { verifyAnswer } from "./verify-answer";
import { needsKeysVerify, verifyPresented } from "./verify-presented";

const path = "/v1/keys/verify";

type Arrival = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly facts: RequestFacts;
  readonly headers: RawHeaders;
  /** Of performance.now(). */
  readonly startedAt: number;
};

/** What has come since the event loop's last turn. */
let arrivals: Arrival[] = [];

/**
 * Answers `POST /v1/keys/verify` in plain node:http, before any framework: a verification is most of what
 * a Latchkey does all day. What comes in one turn of the event loop is answered together at its end: each
 * answer that is sent alone wakes its reader alone, which costs more than the verification.
 *
 * @returns whether it took the request
 */
export function handleFastLane(
  request: IncomingMessage,
  response: ServerResponse,
  trustedProxies: readonly string[],
): boolean {
  const { method, url = "" } = request;
  if (method !== "POST" || !(url === path || url.startsWith(`${path}?`))) return false;
  const requestId = requestIdOf(request);
  const facts = {
    at: new Date(),
    requestId,
    address: addressOf(request, trustedProxies) || null,
    userAgent: request.headers["user-agent"] ?? null,
  };
  const headers = new RawHeaders();
  headers.setHeader("X-Request-Id", requestId);
  if (arrivals.length === 0) setImmediate(answerArrivals);
  arrivals.push({ request, response, facts, headers, startedAt: performance.now() });
  return true;
}

function answerArrivals(): void {
  const arrived = arrivals;
  arrivals = [];
  for (const arrival of arrived) void answer(arrival);
}

async function answer(arrival: Arrival): Promise<void> {
  const { request, response, facts, headers, startedAt } = arrival;
  try {
    const body = readArrivedBody(request, bodyLimits) ?? (await readBody(request, bodyLimits));
    // The client went away.
    if (body === null) return;
    const answered = body.ok ? await answerVerify(arrival, body.value) : body;
    if (answered.ok) sendJson(response, answered.value, headers);
    else if (body.ok) sendProblem(response, answered, facts.requestId, headers);
    else sendProblemAndClose(request, response, answered, facts.requestId, headers);
  } catch (error) {
    const refusal = unexpected(error, facts.requestId);
    if (response.headersSent) response.destroy();
    else sendProblem(response, refusal, facts.requestId, headers);
  }
  countRequest("verifyKey", response.statusCode, startedAt);
}

type Answer = { readonly ok: true; readonly value: ReturnType<typeof verifyAnswer> } | Refusal;

async function answerVerify({ request, facts, headers }: Arrival, body: Buffer): Promise<Answer> {
  const caller = await admitRequest({ incoming: request, outgoing: headers }, facts, rateLimits.verify);
  if (!caller.ok) return caller;
  if (!caller.value.permissions.includes("keys:verify")) return needsKeysVerify;
  const input = parseInput(request, body);
  if (!input.ok) return input;
  return success(await verifyPresented(input.value, caller.value.key.organizationId, facts));
}

function parseInput(request: IncomingMessage, body: Buffer): Result<VerifyKeyInput> {
  if (request.url !== path) {
    return failure("invalid_request", "This address takes no query string; what it needs is in the body.");
  }
  const json = readJson(request, body);
  if (!json.ok) return json;
  const parsed = verifyKeyInput.safeParse(json.value);
  return parsed.success ? success(parsed.data) : invalidInput("body", parsed.error);
}
