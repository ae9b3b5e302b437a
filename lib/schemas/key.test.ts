import { describe, expect, test } from "vitest";
import { generateKeyInput, keyIdInput, rollKeyInput, updateKeyInput } from "./key";

const input = {
  name: "Deploy",
  description: "",
  type: "secret",
  accessLevel: "MEMBER",
  namespace: { type: "organization", id: "0190a5c6-7b1e-7000-8000-000000000001" },
  roles: ["full_access"],
  expiresAt: null,
};
const keyId = "0123456789abcdEF";

const faults = (
  schema: typeof generateKeyInput | typeof rollKeyInput | typeof updateKeyInput,
  value: unknown,
) => schema.safeParse(value).error?.issues.map((issue) => issue.path.join("."));

describe("generateKeyInput", () => {
  test("[B4, J5] name, description, type, level, namespace, roles, and by default no expiry", () => {
    expect(generateKeyInput.parse(input)).toEqual(input);
  });

  test.each([
    ["secret", "MEMBER"],
    ["secret", "ADMIN"],
    ["secret", "OWNER"],
    ["public", "MEMBER"],
  ])("[J1] a %s key of level %s can be asked for", (type, accessLevel) => {
    expect(generateKeyInput.parse({ ...input, type, accessLevel })).toMatchObject({ type, accessLevel });
  });

  test("takes the longest of everything", () => {
    const longest = {
      name: "n".repeat(100),
      description: "line\n".repeat(99).padEnd(500, "x"),
      roles: ["a", `r${"o".repeat(63)}`],
      expiresAt: new Date("9999-12-31T00:00:00Z"),
    };
    expect(generateKeyInput.parse({ ...input, ...longest })).toMatchObject(longest);
  });

  test("roles are a set", () => {
    const roles = ["auditor", "full_access", "auditor"];
    expect(generateKeyInput.parse({ ...input, roles }).roles).toEqual(["auditor", "full_access"]);
  });

  test.each<[string, object, string[]]>([
    ["an unknown field", { organizationId: "x" }, [""]],
    ["[B1] a level that is none", { accessLevel: "ROOT" }, ["accessLevel"]],
    ["a level of another case", { accessLevel: "owner" }, ["accessLevel"]],
    ["[J1] a type that is none", { type: "private" }, ["type"]],
    ["[J1] a public key above MEMBER", { type: "public", accessLevel: "ADMIN" }, ["accessLevel"]],
    [
      "[P3] a namespace type that is none",
      { namespace: { ...input.namespace, type: "galaxy" } },
      ["namespace.type"],
    ],
    [
      "a namespace id that is none",
      { namespace: { type: "organization", id: "1 OR 1=1" } },
      ["namespace.id"],
    ],
    ["more in a namespace", { namespace: { ...input.namespace, more: 1 } }, ["namespace"]],
    ["a role id with a blank", { roles: ["full access"] }, ["roles.0"]],
    ["a role id with a line break after it", { roles: ["full_access\n"] }, ["roles.0"]],
    ["51 roles", { roles: Array.from({ length: 51 }, (_, i) => `role_${i}`) }, ["roles"]],
    ["[P5] an expiry that is no time", { expiresAt: new Date(Number.NaN) }, ["expiresAt"]],
    ["an expiry as text", { expiresAt: "2030-01-01" }, ["expiresAt"]],
    ["an expiry beyond what the database can say", { expiresAt: new Date(8.64e15) }, ["expiresAt"]],
    ["a role id of 65 characters", { roles: [`r${"o".repeat(64)}`] }, ["roles.0"]],
    ["a name of 101 characters", { name: "n".repeat(101) }, ["name"]],
    ["a description of 501 characters", { description: "d".repeat(501) }, ["description"]],
    ["no name", { name: " " }, ["name"]],
    ["no description at all", { description: undefined }, ["description"]],
  ])("refuses %s", (_, change, paths) => {
    expect(faults(generateKeyInput, { ...input, ...change })).toEqual(paths);
  });

  test("does not copy a prototype", () => {
    const hostile = JSON.parse(`{"__proto__": {"polluted": true}, "name": "x"}`);
    expect(generateKeyInput.safeParse({ ...input, ...hostile }).data ?? {}).not.toHaveProperty("polluted");
    expect({}).not.toHaveProperty("polluted");
  });
});

describe("rollKeyInput", () => {
  test("ends one of the two secrets, not both", () => {
    const both = { keyId, version: 1, supersede: true, replaceUnused: true };
    expect(faults(rollKeyInput, both)).toEqual(["replaceUnused"]);
  });

  test.each([-1, 604_801, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "43200", null])(
    "refuses a grace of %s",
    (graceSeconds) => {
      expect(faults(rollKeyInput, { keyId, version: 1, graceSeconds })).toEqual(["graceSeconds"]);
    },
  );

  test.each([0, 604_800])("takes a grace of %d", (graceSeconds) => {
    expect(rollKeyInput.parse({ keyId, version: 1, graceSeconds }).graceSeconds).toBe(graceSeconds);
  });

  test("requires the intended version", () => {
    expect(faults(rollKeyInput, { keyId })).toEqual(["version"]);
    expect(faults(rollKeyInput, { keyId, version: 0 })).toEqual(["version"]);
  });
});

test("[P5] an update has no way to change the expiry, the level or the type", () => {
  for (const field of ["expiresAt", "accessLevel", "type", "namespace", "creatorId"]) {
    expect(faults(updateKeyInput, { keyId, version: 1, name: "x", [field]: null })).toEqual([""]);
  }
});

test.each([
  "",
  "key_0123456789abcdEF",
  "0123456789abcdE",
  "0123456789abcdEF\n",
  "0123456789abcd'F",
  "٣123456789abcdEF",
])("%j is not a key id", (id) => {
  expect(keyIdInput.safeParse({ keyId: id }).success).toBe(false);
});
