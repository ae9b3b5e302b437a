import type { IncomingMessage, ServerResponse } from "node:http";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { countRequest } from "@/lib/metrics/counts";
import type { VerifyKeyInput } from "@/lib/schemas/verify-key";
import { verifyKeyInput } from "@/lib/schemas/verify-key";
import type { Exchange } from "./admit-request";
import { admitRequest } from "./admit-request";
import { invalidInput } from "./invalid-input";
import type { Refusal } from "./problem";
import { rateLimits } from "./rate-limits";
import { bodyLimits, readBody } from "./read-body";
import { readJson } from "./read-json";
import type { RequestFacts } from "./request-facts";
import { requestFacts } from "./request-facts";
import { sendJson, sendProblem, sendProblemAndClose } from "./send";
import { unexpected } from "./unexpected";
import type { verifyAnswer } from "./verify-answer";
import { needsKeysVerify, verifyPresented } from "./verify-presented";

const path = "/v1/keys/verify";

/**
 * Answers `POST /v1/keys/verify` in plain node:http, before any framework: a verification is most of what
 * a Latchkey does all day.
 *
 * @returns whether it took the request
 */
export function handleFastLane(request: IncomingMessage, response: ServerResponse): boolean {
  const { method, url = "" } = request;
  if (method !== "POST" || !(url === path || url.startsWith(`${path}?`))) return false;
  const startedAt = performance.now();
  const facts = requestFacts(request);
  verify(request, response, facts)
    .catch((error: unknown) => {
      const refusal = unexpected(error, facts.requestId);
      if (response.headersSent) response.destroy();
      else sendProblem(response, refusal, facts.requestId);
    })
    .then(() => {
      if (response.headersSent) countRequest("verifyKey", response.statusCode, startedAt);
    });
  return true;
}

async function verify(
  request: IncomingMessage,
  response: ServerResponse,
  facts: RequestFacts,
): Promise<void> {
  const body = await readBody(request, bodyLimits);
  if (body === null) return;
  if (!body.ok) return sendProblemAndClose(request, response, body, facts.requestId);
  const answer = await answerVerify({ incoming: request, outgoing: response }, body.value, facts);
  if (answer.ok) sendJson(response, answer.value);
  else sendProblem(response, answer, facts.requestId);
}

type Answer = { readonly ok: true; readonly value: ReturnType<typeof verifyAnswer> } | Refusal;

async function answerVerify(exchange: Exchange, body: Buffer, facts: RequestFacts): Promise<Answer> {
  const caller = await admitRequest(exchange, facts, rateLimits.verify);
  if (!caller.ok) return caller;
  if (!caller.value.permissions.includes("keys:verify")) return needsKeysVerify;
  const input = parseInput(exchange.incoming, body);
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
