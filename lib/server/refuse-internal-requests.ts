/**
 * Makes Next's requests to this very process fail before they leave. Next would send a server action that was
 * posted to another page's address on to the right page, and fetch the page that a redirect leads to. Such a
 * request arrives from the loopback address with the client's headers, so the address in the audit trail and
 * in the throttle would be wrong. Next reads this answer as "not here": it refuses the action, and leaves the
 * redirect to the browser.
 */
export function refuseInternalRequests(): void {
  const send = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const isInternal = (init as { next?: { internal?: unknown } } | undefined)?.next?.internal !== undefined;
    return isInternal ? Promise.resolve(notHere()) : send(input, init);
  };
}

function notHere(): Response {
  return new Response(null, { status: 409, headers: { "X-Nextjs-Action-Not-Found": "1" } });
}
