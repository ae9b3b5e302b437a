import type { IncomingMessage, ServerResponse } from "node:http";
import type { Awaitable } from "@/lib/core/awaitable";
import { whenKnown } from "@/lib/core/awaitable";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { countRequest } from "@/lib/metrics/counts";
import type { VerifyKeyInput } from "@/lib/schemas/verify-key";
import { verifyKeyInput } from "@/lib/schemas/verify-key";
import { addressOf, requestIdOf } from "@/lib/verify/verdict/mark-request";
import { admitRequest } from "../admit/admit-request";
import type { FoundCallers } from "../admit/authenticate-request";
import { rateLimits } from "../admit/rate-limits";
import type { Refusal } from "../http/problem";
import { RawHeaders } from "../http/raw-headers";
import type { Body } from "../http/read-body";
import { bodyLimits, readArrivedBody, readBody } from "../http/read-body";
import { readJson } from "../http/read-json";
import { securityHeaders } from "../http/security-headers";
import { sendJson, sendProblem, sendProblemAndClose } from "../http/send";
import { unexpected } from "../http/unexpected";
import { checkInput } from "../operate/check-input";
import type { verifyAnswer } from "./verify-answer";
import { needsKeysVerify, verifyPresented } from "./verify-presented";

const path = "/v1/keys/verify";

type Arrival = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly address: string | null;
  readonly headers: RawHeaders;
  /** From performance.now(), in milliseconds. */
  readonly startedAt: number;
};

/** Requests received in this turn of the event loop. */
let arrivals: Arrival[] = [];

/**
 * Answers `POST /v1/keys/verify` in plain node:http, before any framework, because nearly all requests are
 * verifications. Requests that arrive in one turn of the event loop are answered together at its end: a response
 * sent by itself wakes its reader by itself, which costs more than the verification.
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
  const address = addressOf(request, trustedProxies) || null;
  const headers = new RawHeaders(securityHeaders()).setHeader("X-Request-Id", requestId);
  if (arrivals.length === 0) setImmediate(answerArrivals);
  arrivals.push({ request, response, requestId, address, headers, startedAt: performance.now() });
  return true;
}

/**
 * Answers the batch as of one moment. Most requests come from the same caller, which is looked up once per batch.
 * Every answer that is known at once is computed before the first is sent; the others are sent as they become known.
 */
function answerArrivals(): void {
  const batch = arrivals;
  arrivals = [];
  const moment = thisMoment();
  const answers = batch.map((arrival) => ({ arrival, answer: answerOne(arrival, moment) }));
  for (const { arrival, answer } of answers) void whenKnown(answer, (known) => send(arrival, known));
}

type Moment = { readonly at: Date; readonly found: FoundCallers };

function thisMoment(): Moment {
  return { at: new Date(), found: new Map() };
}

/** Null: the client disconnected, and nobody is left to answer. */
type Answer = { readonly ok: true; readonly value: ReturnType<typeof verifyAnswer> } | Refusal | null;

/** Never throws or rejects: an unexpected error becomes a refusal. */
function answerOne(arrival: Arrival, moment: Moment): Awaitable<Answer> {
  try {
    const body = readArrivedBody(arrival.request, bodyLimits);
    const answer = body === undefined ? awaitBody(arrival) : answerBody(arrival, body, moment);
    if (!(answer instanceof Promise)) return answer;
    return answer.catch((error: unknown) => unexpected(error, arrival.requestId));
  } catch (error) {
    return unexpected(error, arrival.requestId);
  }
}

/** A body that arrives after its batch is judged as of the moment when it is complete. */
function awaitBody(arrival: Arrival): Promise<Answer> {
  return readBody(arrival.request, bodyLimits).then((body) => answerBody(arrival, body, thisMoment()));
}

function answerBody(arrival: Arrival, body: Body, moment: Moment): Awaitable<Answer> {
  if (body === null) return null;
  if (!body.ok) return { ...body, bodyIsUnread: true };
  return verify(arrival, body.value, moment);
}

/** Admits the caller, then parses the input, then judges the presented key. */
function verify(
  { request, requestId, address, headers }: Arrival,
  body: Buffer,
  { at, found }: Moment,
): Awaitable<Answer> {
  const facts = { at, requestId, address, userAgent: request.headers["user-agent"] ?? null };
  const exchange = { incoming: request, outgoing: headers };
  return whenKnown(admitRequest(exchange, facts, rateLimits.verify, found), (caller) => {
    if (!caller.ok) return caller;
    if (!caller.value.permissions.includes("keys:verify")) return needsKeysVerify;
    const input = parseInput(request, body);
    if (!input.ok) return input;
    return whenKnown(verifyPresented(input.value, caller.value.key, facts), success);
  });
}

function send({ request, response, requestId, headers, startedAt }: Arrival, answer: Answer): void {
  if (answer === null) return;
  try {
    if (answer.ok) sendJson(response, answer.value, headers);
    else if (answer.bodyIsUnread) sendProblemAndClose(request, response, answer, requestId, headers);
    else sendProblem(response, answer, requestId, headers);
  } catch (error) {
    unexpected(error, requestId);
    response.destroy();
  }
  countRequest("verifyKey", response.statusCode, startedAt);
}

function parseInput(request: IncomingMessage, body: Buffer): Result<VerifyKeyInput> {
  if (request.url !== path) {
    return failure("invalid_request", "This address takes no query string. Send the parameters in the body.");
  }
  const json = readJson(request, body);
  if (!json.ok) return json;
  return checkInput("body", verifyKeyInput, json.value.value);
}
