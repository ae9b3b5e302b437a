/**
 * Names and attributes of the cookies. Over TLS the prefix `__Host-` makes browsers refuse a cookie of
 * that name from another subdomain or over plain HTTP; browsers refuse the prefix itself without TLS.
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
