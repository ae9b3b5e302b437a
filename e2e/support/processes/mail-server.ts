import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { SMTPServerOptions } from "smtp-server";
import { SMTPServer } from "smtp-server";
import { env, setEnv } from "@/lib/env";
import { smtpServer } from "@/lib/schemas/fields/smtp-server";

export type ReceivedMail = {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body as received over the wire. */
  readonly raw: string;
  /** The header lines, with folded lines joined. */
  readonly head: readonly string[];
  /** The body with its quoted-printable parts decoded. */
  readonly body: string;
};

export type MailServer = {
  readonly port: number;
  /** The value for SMTP_URL. */
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  readonly close: () => Promise<void>;
};

/** Starts a real local mail server that keeps the mails it accepts. By default it has no TLS and no passwords. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? "" : mailFrom.address;
        const to = rcptTo.map(({ address }) => address);
        received.push({ from, to, ...parts(Buffer.concat(chunks).toString("latin1")) });
        done();
      });
    },
    ...options,
  });
  // Some tests have clients that give up halfway.
  server.on("error", () => undefined);
  const listener = server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  return {
    port,
    url: `${options.secure === true ? "smtps" : "smtp"}://127.0.0.1:${port}`,
    received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Makes this process send mail through a server, with a timeout that suits the slowest machine, or disables mail. */
export function mailThrough(url: string | undefined): void {
  const sender = { from: "latchkey@keys.example.com", patienceMs: 60_000 };
  setEnv({ ...env(), smtp: url === undefined ? undefined : { ...smtpServer.parse(url), ...sender } });
}

function parts(raw: string): Pick<ReceivedMail, "raw" | "head" | "body"> {
  const end = raw.indexOf("\r\n\r\n");
  const head = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n");
  const bytes = raw
    .slice(end)
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return { raw, head, body: Buffer.from(bytes, "latin1").toString("utf8") };
}
