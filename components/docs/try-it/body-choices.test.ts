import { expect, test } from "vitest";
import { chosenIn, withChoice } from "./body-choices";

const level = { name: "access_level", choices: ["MEMBER", "ADMIN"], required: true, isBoolean: false };
const built = { name: "built_in", choices: ["true", "false"], required: false, isBoolean: true };

test("a choice is read from the body, and replaced without moving it", () => {
  const body = '{"access_level":"MEMBER","name":"A"}';
  expect(chosenIn(body, level)).toBe("MEMBER");
  expect(JSON.parse(withChoice(body, level, "ADMIN"))).toEqual({ access_level: "ADMIN", name: "A" });
  expect(Object.keys(JSON.parse(withChoice(body, level, "ADMIN")))).toEqual(["access_level", "name"]);
});

test("a choice can be left out, and a boolean is written as a JSON boolean", () => {
  expect(chosenIn("{}", built)).toBe("");
  const chosen = withChoice("{}", built, "false");
  expect(JSON.parse(chosen)).toEqual({ built_in: false });
  expect(chosenIn(chosen, built)).toBe("false");
  expect(JSON.parse(withChoice(chosen, built, ""))).toEqual({});
});

test("a body that is not a JSON object stays as it was typed", () => {
  for (const body of ["", "{", "[1]", "null", '"text"']) {
    expect(chosenIn(body, level)).toBeUndefined();
    expect(withChoice(body, level, "ADMIN")).toBe(body);
  }
});
