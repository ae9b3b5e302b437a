import type { IncomingMessage, ServerResponse } from "node:http";
import type { z } from "zod";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { verifyBatchInput, verifyKeyInput } from "@/lib/schemas/verify-key";
import { onceLoaded } from "@/lib/verify/memory/loaded";
import { authenticateAgain } from "../admit/authenticate-request";
import { withinShare } from "../admit/organization-share";
import { rateLimits } from "../admit/rate-limits";
import type { Answering, RequestHead } from "../http/exchange";
import { readJson } from "../http/read-json";
import { asOfNow } from "../http/request-facts";
import { sendJson } from "../http/send";
import { checkInput } from "../operate/check-input";
import type { Question } from "./turn";
import { answerInTurn } from "./turn";
import type { verifyAnswer } from "./verify-answer";
import { keysVerify, needsKeysVerify, verifyPresented } from "./verify-presented";

type Verdict = ReturnType<typeof verifyAnswer>;

/** Admits the caller, then parses the input, then judges the presented key. */
const verifyKey: Question<Verdict> = {
  operationId: "verifyKey",
  judge: ({ request, facts, loaded, admit }, body) => {
    const caller = admit({ limit: rateLimits.verify, demanded: keysVerify });
    if (caller === undefined || !caller.ok) return caller;
    if (!caller.value.permissions.includes("keys:verify")) return needsKeysVerify;
    const input = parseInput(request, body, verifyKeyInput);
    if (!input.ok) return input;
    const answer = verifyPresented(input.value, caller.value.key, facts, loaded);
    return answer && success(answer);
  },
  send: sendJson,
};

const verifyKeys: Question<{ readonly data: readonly Verdict[] }> = {
  operationId: "verifyKeys",
  judge: ({ request, facts, loaded, admit }, body) => {
    const caller = admit({ limit: rateLimits.key, demanded: keysVerify });
    if (caller === undefined || !caller.ok) return caller;
    if (!caller.value.permissions.includes("keys:verify")) return needsKeysVerify;
    const input = loaded.once("input", () => parseInput(request, body, verifyBatchInput));
    if (!input.ok) return input;
    // Each key is counted once. Uncached keys are loaded with one statement within the organization's share of the
    // database, since a batch of unknown keys would otherwise delay other organizations' verifications.
    const data = loaded.get("verdicts", () =>
      withinShare(caller.value.key.organizationId, async () => {
        // It may have waited, so all of this is as of now.
        const now = asOfNow(facts);
        const again = await authenticateAgain(request, now);
        if (!again.ok) return again;
        const { permissions, key } = again.value;
        if (!permissions.includes("keys:verify")) return needsKeysVerify;
        return Promise.all(
          input.value.keys.map((asked) => onceLoaded((own) => verifyPresented(asked, key, now, own))),
        );
      }),
    );
    return data === undefined || "ok" in data ? data : success({ data });
  },
  send: sendJson,
};

const questions = new Map<string, Question>([
  ["/v1/keys/verify", verifyKey],
  ["/v1/keys/verify-batch", verifyKeys],
]);

/**
 * Answers verifications in plain node:http, before any framework, because nearly all requests are verifications.
 *
 * @returns whether the request was a verification
 */
export function handleFastLane(
  request: IncomingMessage,
  response: ServerResponse,
  trustedProxies: readonly string[],
): boolean {
  const { method, url = "" } = request;
  if (method !== "POST") return false;
  const question = questions.get(url) ?? questions.get(url.split("?", 1)[0] ?? "");
  if (question === undefined) return false;
  answerInTurn(question, request, response, { request, response }, trustedProxies);
  return true;
}

/** Answers verifications from the framer. */
export function verifyFramed(
  request: RequestHead,
  body: Buffer,
  response: Answering,
  trustedProxies: readonly string[],
): void {
  const question = questions.get(request.url ?? "");
  if (question === undefined) throw new Error(`The framer took a request to ${request.url}`);
  answerInTurn(question, request, response, body, trustedProxies);
}

function parseInput<Schema extends z.ZodType>(
  request: RequestHead,
  body: Buffer,
  schema: Schema,
): Result<z.output<Schema>> {
  if (!questions.has(request.url ?? "")) {
    return failure("invalid_request", "This address takes no query string. Send the parameters in the body.");
  }
  const json = readJson(request, body);
  if (!json.ok) return json;
  return checkInput("body", schema, json.value.value);
}
