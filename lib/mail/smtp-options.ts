import { BlockList, isIP } from "node:net";
import type { SMTPTransportOptions } from "nodemailer";
import type { Env } from "@/lib/env";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/**
 * How to connect to the mail server. `smtps` uses TLS from the first byte. `smtp` upgrades to TLS if the server offers
 * it, and must if a password goes to another machine: otherwise an attacker in between could strip the offer and read
 * along. Certificates are always checked.
 */
export function smtpOptions({
  host,
  port,
  secure,
  user,
  password,
  patienceMs,
}: NonNullable<Env["smtp"]>): SMTPTransportOptions {
  const auth = user === undefined ? undefined : { user, pass: password };
  return {
    host,
    port,
    secure,
    requireTLS: !secure && auth !== undefined && !isThisMachine(host),
    ...(auth && { auth }),
    dnsTimeout: patienceMs,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  };
}

function isThisMachine(host: string): boolean {
  const version = isIP(host);
  if (version === 0) return host.toLowerCase() === "localhost";
  return loopback.check(host, version === 6 ? "ipv6" : "ipv4");
}
