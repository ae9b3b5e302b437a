import { expect, test } from "vitest";
import {
  changePasswordInput,
  confirmPasswordInput,
  email,
  newPassword,
  profileInput,
  setupInput,
  signInInput,
} from "./account";

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
])("%j is not an email", (text) => {
  expect(email.safeParse(text).success).toBe(false);
});

test("hostile emails are refused without slow patterns", () => {
  for (const text of [
    "a@".repeat(100_000),
    `${"a.".repeat(100_000)}@b.com`,
    `a@${"b-".repeat(100_000)}.com`,
  ]) {
    expect(email.safeParse(text).success).toBe(false);
  }
});

test("an email of 254 characters is the longest (RFC 5321, 4.5.3.1)", () => {
  const domain = `${["b", "c", "d"].map((label) => label.repeat(60)).join(".")}.com`;
  const longest = `${"a".repeat(254 - domain.length - 1)}@${domain}`;
  expect(email.parse(longest)).toBe(longest);
  expect(email.safeParse(`a${longest}`).success).toBe(false);
});

test("a password is 12 to 256 characters, kept as typed", () => {
  expect(newPassword.safeParse("x".repeat(11)).success).toBe(false);
  expect(newPassword.safeParse("x".repeat(257)).success).toBe(false);
  expect(newPassword.safeParse("x".repeat(12)).success).toBe(true);
  expect(newPassword.safeParse("x".repeat(256)).success).toBe(true);
  expect(newPassword.parse("  spaces count too  ")).toBe("  spaces count too  ");
  // Characters are counted as people see them: a combined letter is one, an emoji is one.
  expect(newPassword.safeParse("e\u0301".repeat(11)).success).toBe(false);
  expect(newPassword.safeParse("🔑".repeat(11)).success).toBe(false);
  expect(newPassword.safeParse("🔑".repeat(12)).success).toBe(true);
  expect(newPassword.safeParse(" \u00a0\u3000".repeat(6)).success).toBe(false);
});

test("signing in and confirming accept any password format, and bound what is hashed", () => {
  for (const [password, taken] of [
    ["", false],
    ["x", true],
    ["x".repeat(256), true],
    ["x".repeat(257), false],
  ]) {
    expect(signInInput.safeParse({ email: "ana@example.com", password }).success).toBe(taken);
    expect(confirmPasswordInput.safeParse({ password }).success).toBe(taken);
    const change = { currentPassword: password, newPassword: "correct horse battery" };
    expect(changePasswordInput.safeParse(change).success).toBe(taken);
  }
});

const setup = {
  token: "t",
  name: "A",
  email: "ana@example.com",
  password: "correct horse battery",
  organizationName: "B",
};

test("setup takes its five fields", () => {
  expect(setupInput.parse(setup)).toEqual(setup);
  for (const field of Object.keys(setup)) {
    expect(setupInput.safeParse({ ...setup, [field]: undefined }).success, field).toBe(false);
  }
  const longest = {
    ...setup,
    name: "n".repeat(100),
    organizationName: "o".repeat(80),
    token: "t".repeat(200),
  };
  expect(setupInput.safeParse(longest).success).toBe(true);
  for (const field of ["name", "organizationName", "token"] as const) {
    expect(setupInput.safeParse({ ...longest, [field]: `${longest[field]}x` }).success, field).toBe(false);
  }
});

test("a new password must differ, in its hashed form", () => {
  const error = changePasswordInput.safeParse({
    currentPassword: "\uFB01ve unrelated words",
    newPassword: "five unrelated words",
  }).error;
  expect(error?.issues.map(({ path, message }) => [path.join("."), message])).toEqual([
    ["newPassword", "This is your current password. Choose another one"],
  ]);
});

test("no input accepts an unknown field", () => {
  const unknown = { accessLevel: "OWNER" };
  for (const [schema, input] of [
    [setupInput, setup],
    [signInInput, { email: "ana@example.com", password: "x" }],
    [confirmPasswordInput, { password: "x" }],
    [changePasswordInput, { currentPassword: "x", newPassword: "correct horse battery" }],
    [profileInput, { name: "Ana" }],
  ] as const) {
    expect(schema.safeParse(input).error).toBeUndefined();
    expect(schema.safeParse({ ...input, ...unknown }).success).toBe(false);
  }
});
