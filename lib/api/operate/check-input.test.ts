import { describe, expect, test } from "vitest";
import { verifyKeyInput } from "@/lib/schemas/verify-key";
import { checkInput } from "./check-input";

/** The failure of a body, as the API reports it. */
function faults(body: unknown) {
  const checked = checkInput("body", verifyKeyInput, body);
  return checked.ok ? [] : (checked.fields ?? []);
}

describe("the faults of a body", () => {
  const token = `lk_sk_${"a".repeat(54)}`;

  test("name unknown fields, but never what could be a token", () => {
    expect(faults({ key: "", colour: 1 })).toEqual([{ field: "colour", message: "This field is unknown" }]);
    expect(faults({ key: "", [token]: 1 })).toEqual([{ field: "?", message: "This field is unknown" }]);
    expect(
      JSON.stringify(faults({ key: [token], ip: token, permissions: [token], [token]: token })),
    ).not.toContain("lk_sk_");
  });

  test("are bounded in number", () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`field${index}`, 1]));
    expect(faults({ key: "", ...many })).toHaveLength(20);
  });

  test.each([
    [null, ""],
    [[], ""],
    ["text", ""],
    [{}, "key"],
    [{ key: 1 }, "key"],
    [{ key: "", permissions: ["Keys:Read"] }, "permissions.0"],
    [{ key: "", permissions: "keys:read" }, "permissions"],
    [{ key: "", permissions: Array(101).fill("keys:read") }, "permissions"],
    [{ key: "", ip: "1.2.3" }, "ip"],
    [{ key: "", ip: "1.2.3.4/8" }, "ip"],
    [{ key: "", ip: "fe80::1%eth0" }, "ip"],
    [{ key: "", namespace: { type: "planet", id: crypto.randomUUID() } }, "namespace.type"],
    [{ key: "", namespace: { type: "workspace", id: "1" } }, "namespace.id"],
    [{ key: "", namespace: { type: "workspace", id: crypto.randomUUID(), name: "x" } }, "namespace.name"],
    [JSON.parse('{"key":"","__proto__":{"permissions":[]}}'), "__proto__"],
  ])("of %j are at %j", (body, field) => {
    expect(faults(body).map((fault) => fault.field)).toContain(field);
  });

  test.each([
    { key: "" },
    { key: "\ud800" },
    { key: "", permissions: [] },
    { key: "", permissions: ["keys:read", "intelligence:read"] },
    { key: "", ip: "203.0.113.7" },
    { key: "", ip: "2001:db8::1" },
    { key: "", ip: "::ffff:203.0.113.7" },
    { key: "", namespace: { type: "organization", id: "01A1FC1D-DA65-76C9-A009-93B838F54D18" } },
  ])("of %j are none", (body) => {
    expect(faults(body)).toEqual([]);
  });
});
