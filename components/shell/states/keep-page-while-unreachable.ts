import { connection } from "./connection";

/**
 * Patches `fetch` so that requests for page data wait until the server can be reached, while the page stays and says so
 * (PageNotes). By default Next loads the whole page when such a request fails, and without a network the browser then
 * replaces the dashboard with its error page. Actions are not repeated; their dialogs say what happened.
 */
export function keepPageWhileUnreachable(): void {
  const send = window.fetch;
  window.fetch = (input, init) =>
    isPageData(init) ? fetchPage(() => send(input, init), init?.signal) : fetchOther(() => send(input, init));
  addEventListener("load", connection.show, { once: true });
  addEventListener("offline", connection.lose);
  addEventListener("online", () => {
    connection.find();
    connection.retry();
  });
  // Captured, because load errors of scripts do not bubble. After an upgrade the old code of a dialog is gone from the
  // server.
  addEventListener("error", ({ target }) => void noticeMissingCode(send, target), { capture: true });
}

/** Is this a request for page data? Prefetches do not count. */
function isPageData(init: RequestInit | undefined): boolean {
  if (init?.method !== undefined && init.method !== "GET") return false;
  const headers = new Headers(init?.headers);
  return headers.has("rsc") && !headers.has("next-router-prefetch");
}

/**
 * Fetches page data until it succeeds. Returns the response once it is complete, because Next cannot retry one that was
 * cut off halfway. A late request can be retried; its own response is then dropped.
 */
export async function fetchPage(send: () => Promise<Response>, signal: AbortSignal | null | undefined) {
  for (;;) {
    const answered = connection.ask();
    const { again, done } = connection.watch();
    try {
      const response = await Promise.race([whole(send), again]);
      if (response === undefined) continue;
      answered();
      connection.show();
      return response;
    } catch (error) {
      if (signal?.aborted) throw error;
      connection.lose();
      await connection.untilRetry();
    } finally {
      done();
    }
  }
}

async function whole(send: () => Promise<Response>): Promise<Response> {
  const response = await send();
  await response.clone().arrayBuffer();
  return response;
}

async function fetchOther(send: () => Promise<Response>): Promise<Response> {
  const answered = connection.ask();
  const response = await send();
  answered();
  // Next sends this header if the server's version does not have the action.
  if (response.headers.has("x-nextjs-action-not-found")) connection.update();
  return response;
}

async function noticeMissingCode(send: typeof fetch, target: EventTarget | null): Promise<void> {
  const isCode = target instanceof HTMLScriptElement && target.src.includes("/_next/static/");
  if (!isCode) return;
  // Remove the failed script, because the loader waits for an existing element instead of adding it again.
  target.remove();
  const response = await send(target.src, { method: "HEAD" }).catch(() => null);
  if (response === null) connection.lose();
  else if (response.status === 404) connection.update();
}
