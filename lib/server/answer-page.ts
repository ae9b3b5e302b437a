import type { IncomingMessage, ServerResponse } from "node:http";
import { isOwnOrigin } from "@/lib/core/allowed-origin";
import { doorRefusal } from "@/lib/core/door-refusal";
import { errorStatus } from "@/lib/core/error";
import type { Failure } from "@/lib/core/result";
import type { Env } from "@/lib/env";
import { hasBody, holdBody } from "./hold-body";
import { keepKnownHeaders } from "./keep-known-headers";
import { sendText } from "./send-text";
import { warnOfForeignRequest } from "./warn-of-foreign-request";

type AnswerPage = (request: IncomingMessage, response: ServerResponse) => void;

const safe = ["GET", "HEAD"];
const answered = [...safe, "POST"];
const development = process.env.NODE_ENV === "development";

const pageHeaders = {
  "X-Frame-Options": "DENY",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/**
 * Decides which requests Next gets to see: those with a method that pages use, from a page of this dashboard, with the
 * whole body in memory and without headers meant for a framework's own components.
 */
export function answerPage(own: Env, next: AnswerPage): AnswerPage {
  return (request, response) => {
    for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value);
    const { method = "" } = request;
    if (!answered.includes(method)) {
      sendText(request, response, 405, `This address accepts ${answered.join(", ")}.`, answered);
    } else if (!safe.includes(method) && !mayWrite(request, own)) {
      warnOfForeignRequest(request, own);
      refuse(request, response, foreign(own));
    } else {
      keepKnownHeaders(request, development);
      if (hasBody(request)) void answerWithBody(request, response, next);
      else next(request, response);
    }
  };
}

async function answerWithBody(request: IncomingMessage, response: ServerResponse, next: AnswerPage) {
  const held = await holdBody(request);
  if (held === null) return;
  if (held.ok) next(held.value, response);
  else if (held.code === "too_large") refuse(request, response, doorRefusal("too_large", held.detail));
  else refuse(request, response, doorRefusal("invalid_request", held.detail));
}

function refuse(request: IncomingMessage, response: ServerResponse, { code, detail }: Failure): void {
  sendText(request, response, errorStatus[code], detail);
}

/**
 * A server action is a POST to any page, and Next accepts one without an Origin. next-auth's endpoints require a CSRF
 * token, so programs may call them without an Origin. Foreign pages may call nothing.
 */
function mayWrite({ url, headers: { origin, host } }: IncomingMessage, own: Env): boolean {
  if (origin === undefined && url?.startsWith("/api/auth/")) return true;
  return isOwnOrigin(origin, host, own);
}

function foreign({ appUrl, appUrlIsSet }: Env): Failure {
  const what = appUrlIsSet
    ? `It is at ${appUrl}. If you are there already, the proxy does not pass the Host header through: tell the operator.`
    : "If it is, APP_URL must be set to the address that you see: tell the operator.";
  return doorRefusal("forbidden", what);
}
