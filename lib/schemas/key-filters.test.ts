import { describe, expect, test } from "vitest";
import { z } from "zod";
import { keyFilters } from "./key-filters";

const filters = z.strictObject(keyFilters);
const read = (query: object) => filters.parse(query);
const fault = (query: object) => filters.safeParse(query).error?.issues[0];
const id = "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11";

describe("[L13] the filters of a list of keys", () => {
  test.each<[string, object, object]>([
    ["nothing", {}, { status: "all" }],
    ["paused keys", { status: "paused" }, { status: "paused" }],
    ["a subject to the last space", { subject: " CUS_7 " }, { subject: " CUS_7 " }],
    ["a label with any value", { label: ["team"] }, { label: [{ name: "team", value: null }] }],
    ["a label without text", { label: ["team="] }, { label: [{ name: "team", value: "" }] }],
    [
      "a label with = in its value",
      { label: ["a.b=c=d", "e= f\u00a0 g "] },
      {
        label: [
          { name: "a.b", value: "c=d" },
          { name: "e", value: "f g" },
        ],
      },
    ],
    ["a namespace", { namespace: `workspace:${id.toUpperCase()}` }, { namespace: { type: "workspace", id } }],
    ["a role", { role: "ic_viewer" }, { role: "ic_viewer" }],
    ["a creator", { creator: id.toUpperCase() }, { creator: id }],
    [
      "times",
      { last_used_before: "2026-01-01T00:00:00Z", expires_before: "2026-01-01T01:00:00+01:00" },
      { last_used_before: new Date("2026-01-01"), expires_before: new Date("2026-01-01") },
    ],
  ])("reads %s", (_, query, parsed) => {
    expect(read(query)).toEqual({ status: "all", ...parsed });
  });

  const label = "A label is a name, or a name and a value such as team=billing";
  const namespace = expect.stringMatching(/^This is not a namespace such as workspace:/);
  test.each<[string, object, unknown]>([
    ["a status that is no filter", { status: "rolled" }, expect.stringContaining("Invalid option")],
    ["an empty subject", { subject: "" }, "Subject is blank"],
    ["a long subject", { subject: "x".repeat(201) }, "Subject has at most 200 characters"],
    ["NUL in a subject", { subject: "a\0" }, "Subject has characters that cannot be shown"],
    ["an empty label", { label: [""] }, label],
    ["a label without a name", { label: ["=x"] }, label],
    ["a label's name in upper case", { label: ["Team=x"] }, label],
    ["a long value", { label: [`team=${"x".repeat(81)}`] }, label],
    ["NUL in a value", { label: ["team=\0"] }, label],
    ["eleven labels", { label: Array(11).fill("team") }, "At most 10 labels"],
    ["a namespace without a type", { namespace: id }, namespace],
    ["a namespace of an unknown type", { namespace: `team:${id}` }, namespace],
    ["a namespace without an id", { namespace: "workspace:" }, namespace],
    ["a namespace with a colon too many", { namespace: `workspace:${id}:` }, namespace],
    ["a namespace with a line break", { namespace: `workspace:${id}\n` }, namespace],
    ["a role in upper case", { role: "Admin" }, "This is not a role id"],
    ["an email as creator", { creator: "a@example.com" }, "This is not the id of a user"],
    ["a day", { expires_before: "2026-01-01" }, expect.stringContaining("This is not a time")],
    ["a time before all", { last_used_before: "1969-12-31T23:59:59Z" }, "Nothing was recorded at this time"],
  ])("refuses %s", (_, query, message) => {
    expect(fault(query)).toMatchObject({ message });
  });
});
