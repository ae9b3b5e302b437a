import type { IncomingMessage, ServerResponse } from "node:http";
import type { Result } from "@/lib/core/result";
import { countRequest } from "@/lib/metrics/counts";
import { Loaded } from "@/lib/verify/memory/loaded";
import { addressOf, requestIdOf } from "@/lib/verify/verdict/mark-request";
import type { Admission, Counting } from "../admit/admit-request";
import { admitNow } from "../admit/admit-request";
import type { FoundCallers } from "../admit/authenticate-request";
import type { Answering, RequestHead } from "../http/exchange";
import type { Refusal } from "../http/problem";
import { RawHeaders } from "../http/raw-headers";
import type { Body } from "../http/read-body";
import { bodyLimits, readArrivedBody, readBody } from "../http/read-body";
import type { RequestFacts } from "../http/request-facts";
import { securityHeaders } from "../http/security-headers";
import { sendProblem, sendProblemAndClose } from "../http/send";
import { unexpected } from "../http/unexpected";

/** How one of the hot routes answers. `Found` is the value of its answer. */
export type Question<Found = unknown> = {
  readonly operationId: string;
  /** @returns undefined if something has to be loaded first; nothing has been counted then */
  judge(asked: Asked, body: Buffer): Result<Found> | Refusal | undefined;
  send(response: Answering, found: Found, headers: RawHeaders): void;
  /** May change each refusal before it is sent. */
  refuse?(refusal: Refusal, headers: RawHeaders): Refusal;
};

/** A request to judge, at a fixed time. */
export type Asked = {
  readonly request: RequestHead;
  readonly facts: RequestFacts;
  /** The response's headers. */
  readonly headers: RawHeaders;
  readonly loaded: Loaded;
  /** Admits the caller, who is counted once, however often the request is judged. */
  readonly admit: (counting: Counting) => Admission | undefined;
};

/** A request that node:http parsed, whose body was not read yet. */
export type Unread = { readonly request: IncomingMessage; readonly response: ServerResponse };

type Arrival = {
  readonly question: Question;
  readonly request: RequestHead;
  readonly response: Answering;
  readonly requestId: string;
  readonly address: string | null;
  readonly headers: RawHeaders;
  /** From performance.now(), in milliseconds. */
  readonly startedAt: number;
  readonly loaded: Loaded;
  readonly unread: Unread | null;
  /** Undefined until all of it has arrived. */
  body: Body | undefined;
  /** Undefined until the caller is known. */
  caller: Admission | undefined;
};

/** Requests received in this turn of the event loop. */
let arrivals: Arrival[] = [];

/**
 * Answers a request together with the others that arrive in this turn of the event loop, at its end: a response sent
 * separately wakes its reader separately, which costs more than a verification.
 *
 * @param body the request to read it from, or the body itself
 */
export function answerInTurn(
  question: Question,
  request: RequestHead,
  response: Answering,
  body: Unread | Buffer,
  trustedProxies: readonly string[],
): void {
  const requestId = requestIdOf(request);
  const address = addressOf(request, trustedProxies) || null;
  const headers = new RawHeaders(securityHeaders()).setHeader("X-Request-Id", requestId);
  if (arrivals.length === 0) setImmediate(answerArrivals);
  const known = Buffer.isBuffer(body)
    ? { unread: null, body: { ok: true, value: body } as const }
    : { unread: body, body: undefined };
  const facts = { requestId, address, headers, startedAt: performance.now() };
  arrivals.push({ question, request, response, ...facts, loaded: new Loaded(), ...known, caller: undefined });
}

/**
 * Answers the batch as of a single moment. Most requests come from the same caller, which is looked up once per batch.
 * Answers from memory are all computed before the first is sent. Whatever the others lack is loaded with one statement,
 * since all of them ask for it in this turn.
 */
function answerArrivals(): void {
  const batch = arrivals;
  arrivals = [];
  const moment = thisMoment();
  const answers = batch.map((arrival) => ({ arrival, answer: answerNow(arrival, moment) }));
  for (const { arrival, answer } of answers) {
    if (answer === undefined) void answerLater(arrival, moment);
    else send(arrival, answer);
  }
}

type Moment = { readonly at: Date; readonly found: FoundCallers };

function thisMoment(): Moment {
  return { at: new Date(), found: new Map() };
}

/** Null: the client disconnected, so nobody needs an answer. */
type Answer = { readonly ok: true; readonly value: unknown } | Refusal | null;

/** Waits for the rest of the body, and for whatever the answer lacks. */
async function answerLater(arrival: Arrival, moment: Moment): Promise<void> {
  try {
    let judgedAt = moment;
    let answer: Answer | undefined;
    while (answer === undefined) {
      const { body, unread } = arrival;
      if (body !== undefined || unread === null) await arrival.loaded.load();
      else {
        arrival.body = await readBody(unread.request, bodyLimits);
        // This request is judged at the time when it is complete.
        judgedAt = thisMoment();
      }
      answer = answerNow(arrival, judgedAt);
    }
    send(arrival, answer);
  } catch (error) {
    send(arrival, unexpected(error, arrival.requestId));
  }
}

/** Undefined if something has to be loaded first. Never throws: an unexpected error becomes a refusal. */
function answerNow(arrival: Arrival, moment: Moment): Answer | undefined {
  try {
    const { question, request, unread } = arrival;
    if (request.socket.destroyed) return null;
    if (unread !== null) arrival.body ??= readArrivedBody(unread.request, bodyLimits);
    const { body } = arrival;
    if (body === undefined || body === null) return body;
    if (!body.ok) return { ...body, bodyIsUnread: true };
    return question.judge(asOf(arrival, moment), body.value);
  } catch (error) {
    return unexpected(error, arrival.requestId);
  }
}

function asOf(arrival: Arrival, { at, found }: Moment): Asked {
  const { request, requestId, address, headers, loaded } = arrival;
  const facts = { at, requestId, address, userAgent: request.headers["user-agent"] ?? null };
  const admit = (counting: Counting) => {
    arrival.caller ??= admitNow({ incoming: request, outgoing: headers }, facts, counting, loaded, found);
    return arrival.caller;
  };
  return { request, facts, headers, loaded, admit };
}

function send(arrival: Arrival, answer: Answer): void {
  if (answer === null) return;
  const { question, response, unread, requestId, headers, startedAt } = arrival;
  try {
    if (answer.ok) question.send(response, answer.value, headers);
    else {
      const refusal = question.refuse?.(answer, headers) ?? answer;
      if (refusal.bodyIsUnread && unread !== null) {
        sendProblemAndClose(unread.request, unread.response, refusal, requestId, headers);
      } else sendProblem(response, refusal, requestId, headers);
    }
  } catch (error) {
    unexpected(error, requestId);
    response.destroy();
  }
  countRequest(question.operationId, response.statusCode, startedAt);
}
