/**
 * Names and attributes of the cookies. Over TLS, the prefix `__Host-` makes browsers reject a cookie of that name from
 * another subdomain or over plain HTTP. Without TLS browsers reject the prefix, so it is left out.
 */
export function cookieAttributes(appUrl: string) {
  const secure = appUrl.startsWith("https:");
  const prefix = secure ? "__Host-" : "";
  return {
    session: `${prefix}latchkey-session`,
    browser: `${prefix}latchkey-browser`,
    csrf: `${prefix}latchkey-csrf`,
    callback: `${prefix}latchkey-callback`,
    options: { httpOnly: true, sameSite: "lax", path: "/", secure },
  } as const;
}
