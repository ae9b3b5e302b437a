import type { IncomingMessage, ServerResponse } from "node:http";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { countRequest } from "@/lib/metrics/counts";
import type { VerifyKeyInput } from "@/lib/schemas/verify-key";
import { verifyKeyInput } from "@/lib/schemas/verify-key";
import { addressOf, requestIdOf } from "@/lib/verify/mark-request";
import { admitRequest } from "./admit-request";
import type { FoundCallers } from "./authenticate-request";
import { invalidInput } from "./invalid-input";
import type { Refusal } from "./problem";
import { rateLimits } from "./rate-limits";
import { RawHeaders } from "./raw-headers";
import { bodyLimits, readArrivedBody, readBody } from "./read-body";
import { readJson } from "./read-json";
import { sendJson, sendProblem, sendProblemAndClose } from "./send";
import { unexpected } from "./unexpected";
import type { verifyAnswer } from "./verify-answer";
import { needsKeysVerify, verifyPresented } from "./verify-presented";

const path = "/v1/keys/verify";

type Arrival = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly address: string | null;
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
  const address = addressOf(request, trustedProxies) || null;
  const headers = new RawHeaders().setHeader("X-Request-Id", requestId);
  if (arrivals.length === 0) setImmediate(answerArrivals);
  arrivals.push({ request, response, requestId, address, headers, startedAt: performance.now() });
  return true;
}

/** All at one moment. Who asks for most of them is the same service, which is found once. */
function answerArrivals(): void {
  const arrived = arrivals;
  arrivals = [];
  const moment = thisMoment();
  for (const arrival of arrived) void answer(arrival, moment);
}

type Moment = { readonly at: Date; readonly found: FoundCallers };

function thisMoment(): Moment {
  return { at: new Date(), found: new Map() };
}

async function answer(arrival: Arrival, moment: Moment): Promise<void> {
  const { request, response, requestId, headers, startedAt } = arrival;
  try {
    const arrived = readArrivedBody(request, bodyLimits);
    const body = arrived === undefined ? await readBody(request, bodyLimits) : arrived;
    // The client went away.
    if (body === null) return;
    const then = arrived === undefined ? thisMoment() : moment;
    const answered = body.ok ? await answerVerify(arrival, body.value, then) : body;
    if (answered.ok) sendJson(response, answered.value, headers);
    else if (body.ok) sendProblem(response, answered, requestId, headers);
    else sendProblemAndClose(request, response, answered, requestId, headers);
  } catch (error) {
    const refusal = unexpected(error, requestId);
    if (response.headersSent) response.destroy();
    else sendProblem(response, refusal, requestId, headers);
  }
  countRequest("verifyKey", response.statusCode, startedAt);
}

type Answer = { readonly ok: true; readonly value: ReturnType<typeof verifyAnswer> } | Refusal;

async function answerVerify(
  { request, requestId, address, headers }: Arrival,
  body: Buffer,
  { at, found }: Moment,
): Promise<Answer> {
  const facts = { at, requestId, address, userAgent: request.headers["user-agent"] ?? null };
  const exchange = { incoming: request, outgoing: headers };
  const caller = await admitRequest(exchange, facts, rateLimits.verify, found);
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
