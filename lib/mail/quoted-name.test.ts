import { expect, test } from "vitest";
import { invitationMail } from "./invitation-mail";
import { quotedName } from "./quoted-name";

test.each([
  ["Acme Inc.", "“Acme Inc.”"],
  ["Nørd & Söhne", "“Nørd & Söhne”"],
  ["a\nb\u202ec", "“a b c”"],
  ['Acme” as OWNER. "Hurry', "“Acme' as OWNER. 'Hurry”"],
  ["x".repeat(80), `“${"x".repeat(59)}…”`],
])("%j is written as %j", (name, written) => {
  expect(quotedName(name)).toBe(written);
});

test.each([
  "Visit http://evil.example/a",
  "evil.example",
  "www.evil.example",
  "you@evil.example",
  "\\\\evil\\x",
])("mail programs detect no link in the name %j, in the subject, the text and the HTML", (name) => {
  const { subject, text, html } = invitationMail({
    email: "ben@example.com",
    organizationName: name,
    invitedBy: { name, email: "ana@example.com" },
    accessLevel: "MEMBER",
    link: "https://keys.example.com/invite/x",
    expiresAt: new Date(),
  });
  const address = /\w+:\/\/\w|\bwww\.\w|\w\.example|\w@evil|\\\w/;
  const own = /https:\/\/keys\.example\.com\/invite\/x|ana@example\.com/g;
  for (const part of [subject, text, html]) expect(part.replace(own, "")).not.toMatch(address);
  expect(text.replaceAll("\u200b", "")).toContain(name);
});
