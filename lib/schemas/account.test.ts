import { expect, test } from "vitest";
import { email, newPassword, setupInput, signInInput } from "./account";

test.each([
  ["Ana@Example.COM", "ana@example.com"],
  ["  ana+keys@example.co.uk ", "ana+keys@example.co.uk"],
])("the email %j is %s", (text, parsed) => {
  expect(email.parse(text)).toBe(parsed);
});

test.each([
  "",
  "ana",
  "ana@",
  "@example.com",
  "a@b@c.com",
  "ana@example.com\0",
  "ana@exa mple.com",
  `${"a".repeat(250)}@b.com`,
])("%j is no email", (text) => {
  expect(email.safeParse(text).success).toBe(false);
});

test("hostile emails are refused at once", () => {
  for (const text of [
    "a@".repeat(100_000),
    `${"a.".repeat(100_000)}@b.com`,
    `a@${"b-".repeat(100_000)}.com`,
  ]) {
    const start = performance.now();
    expect(email.safeParse(text).success).toBe(false);
    expect(performance.now() - start).toBeLessThan(100);
  }
});

test("a password is 12 to 256 characters, kept as typed", () => {
  expect(newPassword.safeParse("x".repeat(11)).success).toBe(false);
  expect(newPassword.safeParse("x".repeat(257)).success).toBe(false);
  expect(newPassword.parse("  spaces count too  ")).toBe("  spaces count too  ");
});

test("signing in asks nothing of a password's shape, and bounds what is hashed", () => {
  expect(signInInput.safeParse({ email: "ana@example.com", password: "x" }).success).toBe(true);
  expect(signInInput.safeParse({ email: "ana@example.com", password: "x".repeat(257) }).success).toBe(false);
});

test("setup takes its five fields and no other", () => {
  const input = {
    token: "t",
    name: "Ana",
    email: "ana@example.com",
    password: "correct horse battery",
    organizationName: "Acme",
  };
  expect(setupInput.parse(input)).toEqual(input);
  expect(setupInput.safeParse({ ...input, accessLevel: "OWNER" }).success).toBe(false);
  for (const field of Object.keys(input)) {
    expect(setupInput.safeParse({ ...input, [field]: undefined }).success, field).toBe(false);
  }
});
