import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { singleLine } from "./single-line";
import { smtpOptions } from "./smtp-options";

export type Mail = {
  /** One address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

/** `off`: no mail server is set. `sent`: it took the mail. `failed`: it did not, or did not say so in time. */
export type MailOutcome = "off" | "sent" | "failed";

/** No list, no name, no source route, no line end: what is one address and cannot be read as anything else. */
const oneAddress = /^[^\s\p{C}<>()[\],;:"\\@]+@[^\s\p{C}<>()[\],;:"\\@]+$/u;

/**
 * Hands one mail to the mail server. Waits for it, so nobody calls this with a transaction open. Never
 * throws; the log says why a mail was not sent, and nothing of what was in it or to whom it was.
 */
export async function sendMail({ to, subject, text, html }: Mail): Promise<MailOutcome> {
  const { smtp } = env();
  if (smtp === undefined) return "off";
  if (!oneAddress.test(to)) return notSent({ code: "EADDRESS" });
  // Loaded with the first mail: where no server is set, none is ever sent.
  const { createTransport } = await import("nodemailer");
  const transport = createTransport(smtpOptions(smtp));
  try {
    await transport.sendMail({
      from: { name: "Latchkey", address: smtp.from },
      to: { name: "", address: to },
      envelope: { from: smtp.from, to: [to] },
      subject: singleLine(subject),
      text,
      html,
      // Nobody's away message is for us (RFC 3834, 5).
      headers: { "Auto-Submitted": "auto-generated" },
      disableFileAccess: true,
      disableUrlAccess: true,
      signal: AbortSignal.timeout(smtp.patienceMs),
    });
    return "sent";
  } catch (error) {
    return notSent(error);
  } finally {
    transport.close();
  }
}

/** Its message and the server's words quote the address, and a refusal can quote the mail. */
function notSent(error: unknown): "failed" {
  const { name, code, responseCode, command } = error as Record<string, unknown>;
  log().warn({ name, code, responseCode, command }, "a mail was not sent");
  return "failed";
}
