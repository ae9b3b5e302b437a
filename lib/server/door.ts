import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { handleForwardAuth } from "@/lib/api/gateway/forward-auth";
import { setSecurityHeaders } from "@/lib/api/http/security-headers";
import { sendProblemAndClose } from "@/lib/api/http/send";
import { handleFastLane, verifyFramed } from "@/lib/api/verify/fast-lane";
import { handleKeyStream } from "@/lib/api/verify/serve-key-stream";
import { failure } from "@/lib/core/result";
import { markRequest, requestIdOf } from "@/lib/verify/verdict/mark-request";
import type { Framing } from "./framer/framed-connection";
import { hasBody } from "./hold-body";
import { isApiPath } from "./is-api-path";
import { limitExchange } from "./limit-exchange";
import { requestFault } from "./request-fault";
import { sendText } from "./send-text";

export type Doors = {
  /** CIDRs whose X-Forwarded-For is trusted. */
  readonly trustedProxies: readonly string[];
  readonly answerApi: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Null on a verifying node, where the API answers 404 instead. */
  readonly answerPage: ((request: IncomingMessage, response: ServerResponse) => void) | null;
};

/** The entry point of every request: the fast lane, then the API, then the dashboard. */
export function createDoor({ trustedProxies, answerApi, answerPage }: Doors): RequestListener {
  return (request, response) => {
    const fault = requestFault(request);
    if (fault === null && handleFastLane(request, response, trustedProxies)) return;
    if (fault === null && handleForwardAuth(request, response, trustedProxies)) {
      if (hasBody(request)) limitExchange(request, response);
      return;
    }
    setSecurityHeaders(response);
    markRequest(request, response, trustedProxies);
    const isForApi = answerPage === null || isApiPath(request.url);
    if (fault === null && handleKeyStream(request, response)) return;
    limitExchange(request, response);
    if (fault !== null && !isForApi) sendText(request, response, 400, fault);
    else if (fault !== null) {
      sendProblemAndClose(request, response, failure("invalid_request", fault), requestIdOf(request));
    } else if (answerPage === null || isForApi) void answerApi(request, response);
    else answerPage(request, response);
  };
}

/** The entry point of requests that the framer parsed. */
export function createFramedDoor(trustedProxies: readonly string[]): Framing["answer"] {
  return (request, body, response) => {
    if (request.method === "POST") verifyFramed(request, body, response, trustedProxies);
    else handleForwardAuth(request, response, trustedProxies);
  };
}
