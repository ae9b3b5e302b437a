import { expect, test } from "vitest";
import { smtpServer } from "@/lib/schemas/fields/smtp-server";
import { smtpOptions } from "./smtp-options";

const sender = { from: "a@example.com", patienceMs: 1000 };
const options = (url: string) => smtpOptions({ ...smtpServer.parse(url), ...sender });

test.each([
  ["smtps://mail.example.com", { port: 465, secure: true, requireTLS: false }],
  ["smtp://mail.example.com", { port: 587, secure: false, requireTLS: false }],
  ["smtp://user:pw@mail.example.com:25", { port: 25, secure: false, requireTLS: true }],
  ["smtps://user:pw@mail.example.com", { port: 465, secure: true, requireTLS: false }],
  ["smtp://user:pw@localhost:1025", { port: 1025, requireTLS: false }],
  ["smtp://user:pw@127.0.0.1:1025", { host: "127.0.0.1", requireTLS: false }],
  ["smtp://user:pw@[::1]:1025", { host: "::1", requireTLS: false }],
  ["smtp://user:pw@[2001:db8::1]:1025", { host: "2001:db8::1", requireTLS: true }],
  ["smtp://user:pw@localhost.example.com", { requireTLS: true }],
])("%s: no password goes to another machine in the open", (url, expected) => {
  expect(options(url)).toMatchObject(expected);
  expect(options(url).auth).toEqual(url.includes("user") ? { user: "user", pass: "pw" } : undefined);
});
