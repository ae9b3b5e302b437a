/**
 * Makes Next's requests to its own process fail before they are sent. Next would forward a server action posted to the
 * wrong page's URL, and fetch the page a redirect leads to. Such requests come from the loopback address with the
 * client's headers, so the audit log and the throttle would record the wrong address. Next reads the failure as "not
 * here": it refuses the action, and leaves the redirect to the browser.
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
