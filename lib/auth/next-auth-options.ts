import type { NextAuthOptions } from "next-auth";
import credentials from "next-auth/providers/credentials";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { signInInput } from "@/lib/schemas/account";
import { endSession } from "@/lib/services/sessions/end-session";
import { signIn } from "@/lib/services/sessions/sign-in";
import { sessionLifeSeconds } from "@/lib/services/sessions/start-session";
import { readBrowserCookie } from "./browser-cookie";
import { cookieAttributes } from "./cookie-attributes";
import { requestOrigin } from "./request-origin";
import { safeNextPath } from "./safe-next-path";
import { takeOverBrowser } from "./session-cookie";

/** Configures next-auth to use the same verbs, cookie and rules as the sign-in page. */
export function nextAuthOptions(): NextAuthOptions {
  const { appUrl, authSecret } = env();
  // next-auth reads its URL only from this variable.
  process.env.NEXTAUTH_URL = appUrl;
  const { session, csrf, callback, options } = cookieAttributes(appUrl);
  return {
    secret: authSecret,
    session: { strategy: "jwt", maxAge: sessionLifeSeconds },
    jwt: { maxAge: sessionLifeSeconds },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    cookies: {
      sessionToken: { name: session, options },
      csrfToken: { name: csrf, options },
      callbackUrl: { name: callback, options },
    },
    providers: [
      credentials({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(given) {
          const input = signInInput.safeParse({ email: given?.email, password: given?.password });
          if (!input.success) return null;
          const started = await signIn(input.data, await requestOrigin(), await readBrowserCookie());
          if (!started.ok) return null;
          await takeOverBrowser(started.value.sessionId);
          return { id: started.value.userId, sessionId: started.value.sessionId };
        },
      }),
    ],
    callbacks: {
      // Keep only the session id of everything next-auth would put into the token.
      jwt: ({ token, user }) => (user === undefined ? token : { sessionId: user.sessionId }),
      redirect: ({ url, baseUrl }) => {
        const path = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url;
        return baseUrl + (safeNextPath(path) ?? "/");
      },
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sessionId === "string") await endSession(token.sessionId, await requestOrigin());
      },
    },
    // next-auth's metadata can contain a request body, so log only the code.
    logger: {
      error: (code) => log().error({ code }, "next-auth"),
      warn: (code) => log().warn({ code }, "next-auth"),
      debug: () => undefined,
    },
  };
}
