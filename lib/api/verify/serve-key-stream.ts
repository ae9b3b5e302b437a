import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { ServerLine, WireUse } from "@/lib/core/keys/wire/key-wire";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { log } from "@/lib/log";
import { FairTurns } from "@/lib/verify/limits/fair-turns";
import { SharedPlaces } from "@/lib/verify/limits/shared-places";
import { SharedRoom } from "@/lib/verify/limits/shared-room";
import { KeyStream, mayStream } from "@/lib/verify/stream/key-stream";
import type { UsesOfStream } from "@/lib/verify/usage/client-uses";
import { recordOwnUses } from "@/lib/verify/usage/client-uses";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";
import { admitRequest } from "../admit/admit-request";
import { rateLimits } from "../admit/rate-limits";
import type { Refusal } from "../http/problem";
import type { RequestFacts } from "../http/request-facts";
import { requestFacts } from "../http/request-facts";
import { sendProblem, sendProblemAndClose } from "../http/send";
import { unexpected } from "../http/unexpected";
import { keysVerify, needsKeysVerify } from "./verify-presented";

const path = "/v1/keys/stream";

/**
 * The limit on unsent data, per client and per organization. A client with more has probably gone, and the clients of
 * one organization must not use up the node's memory.
 */
const maximumWaitingBytes = 4 * 1024 * 1024;
const maximumWaitingOfOrganization = 64 * 1024 * 1024;
const unnoticedBytes = 256 * 1024;
const maximumLineLength = 128 * 1024;
/**
 * The limit on reported uses that wait for the database, in characters; in memory they take three times as many bytes.
 * A client that has used a hundred thousand keys within a second reports 11 million.
 */
const maximumUncountedOfOrganization = 12 * 1024 * 1024;
const maximumUncounted = 48 * 1024 * 1024;
/** The minimum size that a line counts for, since waiting has a cost of its own. */
const leastLineLength = 1024;
const maximumStreams = 1000;
const maximumStreamsOfKey = 100;

const clientLine = z.union([
  z.strictObject({ renew: z.int().nonnegative() }),
  z.strictObject({ acknowledged: z.int().nonnegative() }),
  z.strictObject({
    used: z
      .array(
        z.tuple([
          ...([z.guid(), z.string().max(40), z.int(), z.number()] as const),
          z.union([z.ipv4(), z.ipv6()]).nullable(),
        ]),
      )
      .max(1000),
  }),
  z.strictObject({ ended: z.literal(true) }),
]);

type Open = {
  readonly organizationId: string;
  readonly keyId: string;
  readonly stream: KeyStream;
  readonly response: ServerResponse;
  readonly giveUp: () => void;
  readonly closed: Promise<void>;
};
const open = new SharedPlaces<Open>(maximumStreams);
/** Records one line of uses at a time, to leave the database free for verifications. */
const counting = new FairTurns(1);
const uncounted = new SharedRoom(maximumUncountedOfOrganization, maximumUncounted);
let isStopping = false;

/**
 * Answers `POST /v1/keys/stream`, for a client that verifies in process: the request and the response both stay open.
 * Uses plain node:http, like the fast lane.
 *
 * @returns whether the request was for a key stream
 */
export function handleKeyStream(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== "POST" || request.url !== path) return false;
  const facts = requestFacts(request);
  answer(request, response, facts).catch((error: unknown) => {
    const refusal = unexpected(error, facts.requestId);
    if (response.headersSent) response.destroy();
    else sendProblem(response, refusal, facts.requestId);
  });
  return true;
}

/** Ends all streams; resolves when no client has a lease from this process any more. */
export async function endKeyStreams(): Promise<void> {
  isStopping = true;
  for (const { stream } of open) stream.end("Latchkey is stopping.");
  await Promise.all([...open].map(({ closed }) => closed));
  isStopping = false;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  facts: RequestFacts,
): Promise<void> {
  const demand = { limit: rateLimits.key, demanded: keysVerify };
  const caller = await admitRequest({ incoming: request, outgoing: response }, facts, demand);
  const admitted = caller.ok ? admit(caller.value, facts) : caller;
  if (!admitted.ok) return sendProblemAndClose(request, response, admitted, facts.requestId);
  if (request.destroyed) return;
  converse(request, response, admitted.value, facts);
}

function admit(caller: AuthenticatedKey, facts: RequestFacts): Result<AuthenticatedKey> | Refusal {
  if (isStopping) return failure("unavailable", "Latchkey is stopping.");
  const { key, secretId, accessToken, permissions } = caller;
  if (accessToken !== null || !permissions.includes("keys:verify")) return needsKeysVerify;
  if (!mayStream(key, { secretId, address: facts.address })) return needsOrganization;
  const own = [...open].filter(({ keyId }) => keyId === key.id).length;
  if (own >= maximumStreamsOfKey || !open.hasRoomFor(key.organizationId)) {
    return { ...failure("rate_limited", "There are too many open streams."), retryAfterSeconds: 30 };
  }
  return success(caller);
}

const needsOrganization = failure(
  "forbidden",
  "A stream covers all keys of the organization. Open it with a key of the organization's own namespace.",
);

function converse(
  request: IncomingMessage,
  response: ServerResponse,
  { key, secretId }: AuthenticatedKey,
  { address, userAgent, at }: RequestFacts,
): void {
  const { organizationId, id: keyId } = key;
  response.writeHead(200, {
    "Content-Type": "application/x-ndjson",
    "Cache-Control": "no-store",
    // Tells nginx not to buffer the response.
    "X-Accel-Buffering": "no",
  });
  const send = (line: ServerLine) => {
    if (waitsTooLong(response, organizationId)) response.destroy();
    else if (!response.writableEnded) response.write(`${JSON.stringify(line)}\n`);
  };
  const stream = new KeyStream({
    caller: key,
    secretId,
    address,
    send,
    room: () => drained(response),
    hangUp: () => {
      response.end();
      // An unfinished request would keep its connection open and the process running.
      request.socket.destroySoon();
    },
  });

  const told = { organizationId, client: userAgent, address, openedAt: at };
  let counted: Promise<unknown> = Promise.resolve();
  const closed = new Promise<void>((resolve) => response.once("close", resolve))
    .then(() => Promise.all([stream.closed(), counted]))
    .then(() => open.delete(entry));
  const giveUp = () => stream.end("Another organization needs this stream's slot.");
  const entry: Open = { organizationId, keyId, stream, response, giveUp, closed };
  open.add(entry);

  const hear = (line: string) => {
    const heard = parseLine(line);
    if (heard === null) stream.end("This line is not valid in this protocol.");
    else if ("renew" in heard) stream.renew(heard.renew);
    else if ("acknowledged" in heard) stream.acknowledge(heard.acknowledged);
    else if ("ended" in heard) stream.confirmEnd();
    else {
      const own = count(told, heard.used, Math.max(line.length, leastLineLength));
      if (own === null) stream.end("More uses were reported than can be counted.");
      else counted = Promise.all([counted, own]);
    }
  };
  let unread = "";
  request.setEncoding("utf8");
  request.on("data", (text: string) => {
    const lines = (unread + text).split("\n");
    unread = lines.pop() ?? "";
    for (const line of lines) hear(line);
    if (unread.length > maximumLineLength) response.destroy();
  });
  request.on("error", () => response.destroy());
  response.on("error", () => undefined);
}

function waitsTooLong(response: ServerResponse, organizationId: string): boolean {
  if (response.writableLength <= unnoticedBytes) return false;
  if (response.writableLength > maximumWaitingBytes) return true;
  let waiting = 0;
  for (const place of open) {
    if (place.organizationId === organizationId) waiting += place.response.writableLength;
  }
  return waiting > maximumWaitingOfOrganization;
}

/**
 * Null if too much waits already. Counts lines one after another, since a client can report a hundred of them for a
 * single second.
 */
function count(told: UsesOfStream, used: readonly WireUse[], size: number): Promise<void> | null {
  const { organizationId } = told;
  if (!uncounted.take(organizationId, size)) return null;
  return counting
    .take(organizationId, () => recordOwnUses(told, used))
    .catch((error) => log().warn(error, "the uses that a client reported could not be counted"))
    .finally(() => uncounted.giveBack(organizationId, size));
}

function drained(response: ServerResponse): Promise<void> {
  if (!response.writableNeedDrain || response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
  });
}

function parseLine(line: string): z.infer<typeof clientLine> | null {
  try {
    return clientLine.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
