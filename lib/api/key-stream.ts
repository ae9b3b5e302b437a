import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { ServerLine, WireUse } from "@/lib/core/key-wire";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { log } from "@/lib/log";
import type { AuthenticatedKey } from "@/lib/verify/authenticated-key";
import { KeyStream } from "@/lib/verify/key-stream";
import { recordOwnUses } from "@/lib/verify/own-uses";
import { admitRequest } from "./admit-request";
import type { Refusal } from "./problem";
import { rateLimits } from "./rate-limits";
import type { RequestFacts } from "./request-facts";
import { requestFacts } from "./request-facts";
import { sendProblem, sendProblemAndClose } from "./send";
import { unexpected } from "./unexpected";
import { needsKeysVerify } from "./verify-presented";

const path = "/v1/keys/stream";

/** A client that takes nothing while so much waits for it is not there any more. */
const maximumWaitingBytes = 16 * 1024 * 1024;
const maximumLineLength = 256 * 1024;
/** Lines of uses that wait for the database, of one stream. */
const maximumUncounted = 1000;
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

type Open = { readonly stream: KeyStream; readonly keyId: string; readonly closed: Promise<void> };
const open = new Set<Open>();
let isStopping = false;

/**
 * Answers `POST /v1/keys/stream`: a request and an answer that both stay open, for a client that verifies in
 * process. In plain node:http like the fast lane, since no framework has a word for it.
 *
 * @returns whether it took the request
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

/** Ends all streams; resolves when no client holds a lease of this process any more. */
export async function endKeyStreams(): Promise<void> {
  isStopping = true;
  for (const { stream } of open) stream.end("This Latchkey stops.");
  await Promise.all([...open].map(({ closed }) => closed));
  isStopping = false;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  facts: RequestFacts,
): Promise<void> {
  const caller = await admitRequest({ incoming: request, outgoing: response }, facts, rateLimits.key);
  const admitted = caller.ok ? admit(caller.value) : caller;
  if (!admitted.ok) return sendProblemAndClose(request, response, admitted, facts.requestId);
  if (request.destroyed) return;
  converse(request, response, admitted.value, facts);
}

function admit(caller: AuthenticatedKey): { readonly ok: true; readonly value: AuthenticatedKey } | Refusal {
  if (isStopping) return failure("unavailable", "This Latchkey stops.");
  if (caller.accessToken !== null || !caller.permissions.includes("keys:verify")) {
    return needsKeysVerify;
  }
  const own = [...open].filter(({ keyId }) => keyId === caller.key.id).length;
  if (open.size >= maximumStreams || own >= maximumStreamsOfKey) {
    return { ...failure("rate_limited", "There are too many streams already."), retryAfterSeconds: 30 };
  }
  return success(caller);
}

function converse(
  request: IncomingMessage,
  response: ServerResponse,
  { key, secretId }: AuthenticatedKey,
  facts: RequestFacts,
): void {
  response.writeHead(200, {
    "Content-Type": "application/x-ndjson",
    "Cache-Control": "no-store",
    // To nginx: hand each line on as it comes.
    "X-Accel-Buffering": "no",
  });
  const send = (line: ServerLine) => {
    if (response.writableLength > maximumWaitingBytes) response.destroy();
    else if (!response.writableEnded) response.write(`${JSON.stringify(line)}\n`);
  };
  const stream = new KeyStream({
    caller: key,
    secretId,
    send,
    room: () => drained(response),
    hangUp: () => {
      response.end();
      // A request that has not ended would keep its connection, and the process with it.
      request.socket.destroySoon();
    },
  });

  // One after the other: what a client used in a second can be a hundred lines.
  let counted: Promise<void> = Promise.resolve();
  let uncounted = 0;
  const count = async (used: readonly WireUse[]) => {
    try {
      await recordOwnUses(key.organizationId, facts.userAgent, facts.address, used);
    } catch (error) {
      log().warn(error, "what a client used could not be counted");
    }
    uncounted--;
  };

  const closed = new Promise<void>((resolve) => response.once("close", resolve))
    .then(() => Promise.all([stream.closed(), counted]))
    .then(() => void open.delete(entry));
  const entry = { stream, keyId: key.id, closed };
  open.add(entry);

  const hear = (line: string) => {
    const heard = parseLine(line);
    if (!heard.ok) stream.end(heard.detail);
    else if ("renew" in heard.value) stream.renew(heard.value.renew);
    else if ("acknowledged" in heard.value) stream.acknowledge(heard.value.acknowledged);
    else if ("ended" in heard.value) stream.confirmEnd();
    else if (++uncounted > maximumUncounted) stream.end("More uses were told than can be counted.");
    else {
      const { used } = heard.value;
      counted = counted.then(() => count(used));
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

function parseLine(line: string): Result<z.infer<typeof clientLine>> {
  try {
    const parsed = clientLine.safeParse(JSON.parse(line));
    if (parsed.success) return success(parsed.data);
  } catch {
    // Not even JSON; answered alike.
  }
  return failure("invalid_request", "This line is not one of the protocol.");
}
