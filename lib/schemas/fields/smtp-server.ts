import { z } from "zod";

export type SmtpServer = {
  readonly host: string;
  readonly port: number;
  /** True for TLS from the first byte; false for STARTTLS if the server offers it. */
  readonly secure: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
};

const message = "must be an address such as smtps://user:password@mail.example.com, with nothing after it";

/** `smtp://` or `smtps://`, optionally with a percent-encoded user and password. Errors never quote it. */
export const smtpServer = z.string().transform((text, context): SmtpServer => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const user = decoded(url?.username);
  const password = decoded(url?.password);
  if (
    url === undefined ||
    !/^smtps?:$/.test(url.protocol) ||
    url.hostname === "" ||
    !/^\/?$/.test(url.pathname) ||
    url.search + url.hash !== "" ||
    user === null ||
    password === null ||
    (user === undefined) !== (password === undefined)
  ) {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  }
  const secure = url.protocol === "smtps:";
  // RFC 8314, 3.3: 465 uses TLS from the start, 587 is for submission.
  const port = url.port === "" ? (secure ? 465 : 587) : Number(url.port);
  return { host: url.hostname.replace(/^\[|\]$/g, ""), port, secure, user, password };
});

/** Undefined if empty; null if it is not valid percent-encoding. */
function decoded(part = ""): string | undefined | null {
  if (part === "") return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
