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

/**
 * `off`: no mail server is configured. `sent`: the server accepted the mail. `failed`: it refused, or did not respond
 * in time.
 */
export type MailOutcome = "off" | "sent" | "failed";

/** Exactly one address: no list, display name, source route or line break. */
const oneAddress = /^[^\s\p{C}<>()[\],;:"\\@]+@[^\s\p{C}<>()[\],;:"\\@]+$/u;

/**
 * Sends one mail and waits for the mail server, so never call it inside a transaction. Never throws. The log says why a
 * mail failed, but not its content or recipient.
 */
export async function sendMail({ to, subject, text, html }: Mail): Promise<MailOutcome> {
  const { smtp } = env();
  if (smtp === undefined) return "off";
  if (!oneAddress.test(to)) return notSent({ code: "EADDRESS" });
  // Loaded with the first mail, so servers without mail never load it.
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
      // Asks mail programs not to send automatic replies (RFC 3834, 5).
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

/** Logs no message text: errors and SMTP replies quote the address, and a refusal can quote the mail. */
function notSent(error: unknown): "failed" {
  const { name, code, responseCode, command } = error as Record<string, unknown>;
  log().warn({ name, code, responseCode, command }, "a mail was not sent");
  return "failed";
}
