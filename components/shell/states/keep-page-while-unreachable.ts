import { connection } from "./connection";

/**
 * When the data of a page cannot be fetched, Next loads the whole page instead, and without a network the browser then
 * shows its error page in place of the dashboard. So such a request waits here until the server can be reached, while
 * the page stays and says so (PageNotes). Actions are not repeated: their dialogs say what happened.
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
  // The code of a dialog that is opened after an upgrade is gone from the server. Such events do not bubble.
  addEventListener("error", ({ target }) => void noticeMissingCode(send, target), { capture: true });
}

/** Data of a page, but not what is fetched ahead of a click. */
function isPageData(init: RequestInit | undefined): boolean {
  if (init?.method !== undefined && init.method !== "GET") return false;
  const headers = new Headers(init?.headers);
  return headers.has("rsc") && !headers.has("next-router-prefetch");
}

/**
 * The answer is returned when all of it is here: Next cannot ask again for one that was cut off halfway. One that is late
 * can be asked for again, and is dropped when it arrives after all.
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
  // Next's answer to an action that this version of the server does not have.
  if (response.headers.has("x-nextjs-action-not-found")) connection.update();
  return response;
}

async function noticeMissingCode(send: typeof fetch, target: EventTarget | null): Promise<void> {
  const isCode = target instanceof HTMLScriptElement && target.src.includes("/_next/static/");
  if (!isCode) return;
  // A script that is in the page already is not added again, only waited for, and one that failed stays silent.
  target.remove();
  const response = await send(target.src, { method: "HEAD" }).catch(() => null);
  if (response === null) connection.lose();
  else if (response.status === 404) connection.update();
}
