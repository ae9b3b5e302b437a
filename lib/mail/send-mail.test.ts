import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { MailServer } from "@/e2e/support/processes/mail-server";
import { startMailServer } from "@/e2e/support/processes/mail-server";
import { setEnv } from "@/lib/env";
import { parseEnv } from "@/lib/load-env";
import { log } from "@/lib/log";
import { invitationMail } from "./invitation-mail";
import { sendMail } from "./send-mail";

const secret = "0123456789abcdef0123456789abcdef";
const APP_URL = "https://keys.example.com";

/** Sets the environment to these variables, with a longer timeout so that a slow machine does not matter. */
function configure(variables: Record<string, string>, patienceMs = 60_000): void {
  const database = { DATABASE_URL: "postgresql://localhost/x", AUTH_SECRET: secret, KEY_PEPPER: secret };
  const { smtp, ...env } = parseEnv({ ...database, APP_URL, ...variables });
  setEnv({ ...env, smtp: smtp && { ...smtp, patienceMs } });
}

const token = randomBytes(32).toString("base64url");
const facts = {
  email: "nora@example.org",
  organizationName: "Acme",
  invitedBy: { name: "Ana Sousa", email: "ana@example.com" },
  accessLevel: "ADMIN",
  link: `${APP_URL}/invite/${token}`,
  expiresAt: new Date("2026-11-28T09:05:00Z"),
} as const;

const open: (() => Promise<unknown>)[] = [];
async function mailServer(...options: Parameters<typeof startMailServer>): Promise<MailServer> {
  const server = await startMailServer(...options);
  open.push(server.close);
  return server;
}

const said: unknown[] = [];
beforeEach(() => {
  said.length = 0;
  vi.spyOn(log(), "warn").mockImplementation((...all: unknown[]) => void said.push(all));
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const close of open.splice(0)) await close();
});

/** Expects that the log has the reason of an unsent mail, but neither the recipient nor the content. */
function saidOnlyWhy(...codes: unknown[]): void {
  expect(said).toHaveLength(1);
  const text = JSON.stringify(said);
  for (const code of codes) expect(text).toContain(JSON.stringify(code));
  for (const hidden of [token, "invite/", facts.email, "nora", "Ana"]) expect(text).not.toContain(hidden);
}

describe("a mail server that takes mail", () => {
  test("[L12] gets one mail to one address, from the dashboard's own name, as text and as HTML", async () => {
    const server = await mailServer();
    configure({ SMTP_URL: server.url });
    expect(await sendMail(invitationMail(facts))).toBe("sent");
    expect(server.received).toHaveLength(1);
    const [mail] = server.received;
    expect(mail).toMatchObject({ from: "latchkey@keys.example.com", to: ["nora@example.org"] });
    expect(mail?.head).toContain("From: Latchkey <latchkey@keys.example.com>");
    expect(mail?.head).toContain("To: nora@example.org");
    expect(mail?.head).toContain("Subject: =?UTF-8?Q?Invitation_to_=E2=80=9CAcme=E2=80=9D?=");
    expect(mail?.head).toContain("Auto-Submitted: auto-generated");
    expect(mail?.raw).toMatch(/multipart\/alternative/);
    const said = "“Ana Sousa” (ana@example.com) invites you to join “Acme” on Latchkey as Admin.";
    expect(mail?.body.split(said)).toHaveLength(3);
    expect(mail?.body).toContain(`To accept, open:\r\n${facts.link}\r\n`);
    expect(mail?.body).toContain(`<a href="${facts.link}">Accept the invitation</a>`);
    expect(mail?.body.split("until 28 November 2026 at 09:05 UTC")).toHaveLength(3);
  });

  test("gets it from the address that is set, with user and password where the URL has them", async () => {
    const seen: unknown[] = [];
    const server = await mailServer({
      disabledCommands: ["STARTTLS"],
      allowInsecureAuth: true,
      authOptional: false,
      onAuth: ({ username, password }, _session, done) => {
        seen.push([username, password]);
        done(null, { user: "x" });
      },
    });
    const SMTP_URL = `smtp://la%40tch:p%2Fw%3A@127.0.0.1:${server.port}`;
    configure({ SMTP_URL, SMTP_FROM: "keys@example.net" });
    expect(await sendMail(invitationMail(facts))).toBe("sent");
    expect(seen).toEqual([["la@tch", "p/w:"]]);
    expect(server.received[0]?.head).toContain("From: Latchkey <keys@example.net>");
  });

  test("is not used if none is set", async () => {
    configure({});
    expect(await sendMail(invitationMail(facts))).toBe("off");
    expect(said).toEqual([]);
  });
});

describe("hostile names", () => {
  const names = [
    "Acme\r\nBcc: victim@example.com",
    "Acme\nSubject: You won\n\nPay here",
    "Acme\u2028Bcc: victim@example.com",
    "Acme\r\n.\r\nMAIL FROM:<a@example.com>\r\n",
    '<img src="https://evil.example/x" onerror="1">',
    '"><script>alert(1)</script>',
    "\u202eemca",
    "=?utf-8?B?QmNjOiB2aWN0aW1AZXhhbXBsZS5jb20=?=",
    "Ünïcödé 🔑 組織",
    "x".repeat(2000),
  ];
  test.each(names)("[L12] add no header, no recipient and no markup: %j", async (name) => {
    const server = await mailServer();
    configure({ SMTP_URL: server.url });
    const hostile = { name, email: name };
    expect(await sendMail(invitationMail({ ...facts, organizationName: name, invitedBy: hostile }))).toBe(
      "sent",
    );
    expect(server.received).toHaveLength(1);
    const [mail] = server.received;
    expect(mail?.to).toEqual(["nora@example.org"]);
    const known = /^(From|To|Subject|Auto-Submitted|Message-ID|Date|MIME-Version|Content-Type): /;
    expect(mail?.head.filter((line) => !known.test(line))).toEqual([]);
    expect(mail?.head.filter((line) => /^(Subject|To|From): /.test(line))).toHaveLength(3);
    // The name neither starts a new line nor reverses the text after it.
    expect(mail?.body).not.toMatch(/^(Bcc|Subject|Pay|MAIL|\.)/m);
    expect(mail?.body).not.toMatch(/[\u2028\u202e]/);
    const html = mail?.body.split("Content-Type: text/html")[1];
    expect(html).not.toMatch(/<(img|script)/);
    expect(html).toContain(`<a href="${facts.link}">`);
  });

  test.each([
    "nora@example.org, victim@example.com",
    "nora@example.org\r\nRCPT TO:<victim@example.com>",
    "Nora <nora@example.org>",
    '"nora@example.org> SIZE=1"@example.org',
    "nora",
    "",
    "group:nora@example.org;",
  ])("[L12] nothing is sent to anything but one address: %j", async (email) => {
    const server = await mailServer();
    configure({ SMTP_URL: server.url });
    expect(await sendMail(invitationMail({ ...facts, email }))).toBe("failed");
    expect(server.received).toEqual([]);
    saidOnlyWhy("EADDRESS");
  });
});

describe("a mail that is not taken", () => {
  test("[L12] for its recipient", async () => {
    const server = await mailServer({
      onRcptTo: ({ address }, _session, done) => {
        done(Object.assign(new Error(`No ${address} here`), { responseCode: 550 }));
      },
    });
    configure({ SMTP_URL: server.url });
    expect(await sendMail(invitationMail(facts))).toBe("failed");
    expect(server.received).toEqual([]);
    saidOnlyWhy(550, "EENVELOPE");
  });

  test("[L12] for its content, even if the refusal quotes the mail", async () => {
    const server = await mailServer({
      onData: (stream, _session, done) => {
        stream.resume().on("end", () => {
          done(Object.assign(new Error(`Spam: ${facts.link} to ${facts.email}`), { responseCode: 554 }));
        });
      },
    });
    configure({ SMTP_URL: server.url });
    expect(await sendMail(invitationMail(facts))).toBe("failed");
    saidOnlyWhy(554);
  });

  test("[L12] because nobody listens there", async () => {
    const server = await startMailServer();
    await server.close();
    configure({ SMTP_URL: server.url });
    expect(await sendMail(invitationMail(facts))).toBe("failed");
    saidOnlyWhy("ESOCKET");
  });

  test("[L12] because the certificate is untrusted: a connection that somebody can read is not used", async () => {
    const server = await mailServer({ secure: true });
    configure({ SMTP_URL: server.url });
    expect(await sendMail(invitationMail(facts))).toBe("failed");
    expect(server.received).toEqual([]);
    const offered = await mailServer({ disabledCommands: ["AUTH"] });
    configure({ SMTP_URL: offered.url });
    expect(await sendMail(invitationMail(facts))).toBe("failed");
    expect(offered.received).toEqual([]);
  });

  // Each server stalls at a different step; one keeps sending a byte now and then.
  const silences: [string, (socket: Socket) => void][] = [
    ["says nothing", () => undefined],
    ["greets, then says nothing", (socket) => void socket.write("220 slow ESMTP\r\n")],
    [
      "greets, then answers one byte at a time, for ever",
      (socket) => {
        socket.write("220 slow ESMTP\r\n");
        const drip = setInterval(() => socket.write("2"), 200);
        socket.on("close", () => clearInterval(drip)).on("error", () => undefined);
      },
    ],
  ];
  test.each(silences)("[L12] within a few seconds by one that %s", async (_name, behave) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on("error", () => undefined));
      behave(socket);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    open.push(async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    configure({ SMTP_URL: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}` }, 600);
    // An endless wait fails by the test's timeout.
    expect(await sendMail(invitationMail(facts))).toBe("failed");
    saidOnlyWhy();
  });
});
