import { expect, test } from "vitest";
import { hashNewPassword } from "./hash-new-password";
import { judgePassword } from "./judge-password";

const person = {
  email: "ana.sousa@northwind.example",
  name: "Ana Sousa",
  organizationNames: ["Northwind Robotics"],
};

test.each([
  ["aaaaaaaaaaaa", "repeats"],
  ["            ", "repeats"],
  ["abcabcabcabcabc", "repeats"],
  ["passwordpassword", "repeats"],
  ["correct horse ".repeat(5), "repeats"],
  ["abcdefghijklmno", "the alphabet or the keyboard"],
  ["zxcvbnm,./zxcv", "the alphabet or the keyboard"],
  ["password1234", "common"],
  ["P4ssw0rd1234", "common"],
  ["1q2w3e4r5t6y", "common"],
  ["ana.sousa@northwind.example", "your own"],
  ["AnaSousa2026!", "your own"],
  ["northwindrobotics", "your own"],
  ["Northwind Robotics 1", "your own"],
  ["latchkeylatchkey1", "your own"],
])("%j is refused: it %s", async (password, why) => {
  const told = await judgePassword(password, person);
  expect(told).toContain(why);
  expect(told).toContain("Use four unrelated words");
});

test.each([
  "correct horse battery",
  "f3a9c1d27b8e40516a92c7d3",
  "voilà-une-étoile-verte",
  "天気がいいので散歩しましょう",
  "J7#kd9!qLm2$",
  `${"x".repeat(20)}Trübe Wolken ziehen weiter`,
])("%j is accepted", async (password) => {
  expect(await judgePassword(password, person)).toBeNull();
});

test("repetition is detected in the whole password, whatever its period", async () => {
  const long = "7Kq#mZ!vR2pLx9@tWbY4sNd&cJ6hG*eF8uA1";
  expect(await judgePassword(long, person)).toBeNull();
  for (const repeated of [long.repeat(2), long.repeat(7).slice(0, 240)])
    expect(await judgePassword(repeated, person)).toContain("repeats");
});

test("personal data is detected in the whole password, however long it is", async () => {
  const email = `${"quiet-harbour-7-lantern-".repeat(3)}@northwind.example`;
  for (const password of [email, `${email}2026`])
    expect(await judgePassword(password, { ...person, email })).toContain("your own");
});

test("judging a password never blocks the process for long", async () => {
  expect(await judgePassword("ab1@".repeat(64), person)).not.toBeNull();
  expect(await judgePassword(`Trübe Wolken ziehen weiter${"a".repeat(230)}`, person)).toBeNull();
});

test("a refusal names the field; an accepted password is hashed", async () => {
  expect(await hashNewPassword("password1234", person, "newPassword")).toMatchObject({
    code: "invalid_request",
    fields: [{ field: "newPassword" }],
  });
  const hashed = await hashNewPassword("correct horse battery", person);
  expect(hashed).toMatchObject({ ok: true, value: expect.stringMatching(/^\$argon2id\$/) });
});
