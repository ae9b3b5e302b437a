import { expect, test } from "vitest";
import {
  addLabels,
  attributesDraft,
  attributesFault,
  changedDraftAttributes,
  draftAttributes,
  noAttributes,
} from "./key-attributes-draft";

const before = { subject: "cus_7", metadata: '{"plan": "pro"}', labels: { tier: "1", env: "production" } };

test("[L13] a new key gets what was typed, including a label that was not added yet", () => {
  const draft = { ...noAttributes, subject: " cus_7", metadata: "{}", labelText: "team = data platform" };
  const labels = { team: "data platform" };
  expect(draftAttributes(draft)).toEqual({ subject: " cus_7", metadata: "{}", labels });
});

test("[L13] an edit sends only what it changes", () => {
  const draft = attributesDraft(before);
  expect(draft.labels).toEqual([
    ["env", "production"],
    ["tier", "1"],
  ]);
  expect(changedDraftAttributes(draft, before)).toEqual({});
  expect(changedDraftAttributes({ ...draft, subject: "" }, before)).toEqual({ subject: "" });
  // White space inside is part of what verification returns.
  const dense = { metadata: '{"plan":"pro"}' };
  expect(changedDraftAttributes({ ...draft, ...dense }, before)).toEqual(dense);
  expect(changedDraftAttributes({ ...draft, metadata: `${before.metadata}\n` }, before)).toEqual({});
  const production = { labels: { env: "production" } };
  expect(changedDraftAttributes({ ...draft, labels: [["env", "production"]] }, before)).toEqual(production);
});

test.each([
  ["", [], "", null],
  ["env=production", ["env=production"], "", null],
  ["env=a, team=b\nteam=c,,", ["env=a", "team=c"], "", null],
  ["url=https://a.example/?b=c", ["url=https://a.example/?b=c"], "", null],
  ["empty=", ["empty="], "", null],
  ["beta", [], "beta", "“beta”: Write a label as name=value"],
  ["Env=a, ok=1", ["ok=1"], "Env=a", expect.stringMatching(/^“Env=a”: Label names use a-z/)],
  [`big=${"x".repeat(81)}`, [], expect.any(String), expect.stringContaining("at most 80 characters")],
])("[L13] adding %j", (text, labels, rest, fault) => {
  const added = addLabels([], text);
  expect(added.labels.map((label) => label.join("="))).toEqual(labels);
  expect(added).toMatchObject({ rest, fault });
});

test("[L13] an eleventh label is not added, but one with an earlier name is", () => {
  const ten = Array.from({ length: 10 }, (_, index) => [`n${index}`, "v"] as const);
  expect(addLabels(ten, "more=1")).toEqual({
    labels: ten,
    rest: "more=1",
    fault: "A key has at most 10 labels",
  });
  expect(addLabels(ten, "n3=new")).toMatchObject({ rest: "", fault: null });
});

test("[L13] metadata and labels are checked before they are sent", () => {
  expect(attributesFault(noAttributes)).toBeNull();
  expect(attributesFault({ ...noAttributes, metadata: " \n" })).toBeNull();
  const broken = attributesFault({ ...noAttributes, metadata: '{"plan": }' });
  expect(broken).toEqual({ field: "metadata", message: "Metadata is not valid JSON" });
  expect(attributesFault({ ...noAttributes, labelText: "beta" })?.field).toBe("labels");
});
