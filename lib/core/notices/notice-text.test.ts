import { expect, test } from "vitest";
import { noticeKinds } from "./notice-kinds";
import { kindWords, noticeText } from "./notice-text";
import type { NoticeView, ShownItem } from "./notice-view";

const words = {
  name: (name: string) => `<${name}>`,
  url: (url: string) => url,
  number: String,
  day: (moment: Date) => moment.toISOString().slice(0, 10),
  moment: (moment: Date) => moment.toISOString().slice(0, 16),
  count: (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`,
};
const at = new Date("2026-12-01T10:00:00Z");
const item = (
  name: string,
  details: ShownItem["details"] = {},
  lastUsedAt: Date | null = null,
): ShownItem => ({
  ...{ keyId: "0123456789abcdEF", name, at, details, lastUsedAt },
});
const text = (kind: NoticeView["kind"], shown: ShownItem[], total = shown.length, inUse = 0) =>
  noticeText({ kind, total, inUse, shown }, words);
const ends = { endsAt: "2026-12-14T10:00:00.000Z", setBy: "key", daysBefore: 14 };

test("[L17] an expiring key is named with its last use; of many, those in use are named", () => {
  expect(text("key_expiring", [item("a", ends, at)])).toEqual({
    ...{ title: "<a> expires on 2026-12-14", lines: ["Last used on 2026-12-01T10:00."] },
  });
  expect(text("key_expiring", [item("a", { ...ends, setBy: "policy" })]).lines).toEqual([
    ...["It was never used.", "The organization's maximum lifetime sets this end."],
  ]);
  const three = [item("a", ends, at), item("b", ends, at), item("c", ends)];
  expect(text("key_expiring", three, 2000, 37)).toEqual({
    title: "2000 keys expire on 2026-12-14",
    lines: ["37 of them were used in the last 7 days: <a>, <b>, <c> and 34 others."],
  });
  expect(text("key_expiring", three, 3, 2).lines).toEqual([
    "2 of them were used in the last 7 days: <a> and <b>.",
  ]);
  expect(text("key_expiring", three, 3, 0).lines).toEqual(["None of them was used in the last 7 days."]);
});

test("[L17] a leak says where each secret was found", () => {
  const found = item("a", { urls: ["https://example.com/a"] });
  expect(text("key_leaked", [found])).toMatchObject({
    title: "<a> was found in public and revoked",
    lines: [
      "<a> (key_0123456789abcdEF), found at https://example.com/a",
      expect.stringContaining("Generate a new key"),
    ],
  });
  const paused = text("key_leaked", [item("a", { urls: [], done: "paused" })]);
  expect(paused.title).toBe("<a> was found in public and paused");
  expect(paused.lines.at(-1)).toContain("Roll each key before you resume it");
  expect(text("key_leaked", [found, found], 2000).title).toBe("2000 keys were found in public and revoked");
});

test("[L17] a key that rolled itself is named with the address, many with their number", () => {
  const rolled = item("a", { address: "203.0.113.7" });
  const { title, lines } = text("key_rolled_itself", [rolled]);
  expect(title).toBe("<a> rolled itself from 203.0.113.7");
  expect(lines).toEqual([expect.stringContaining("If no program of yours did it")]);
  expect(text("key_rolled_itself", [rolled, item("b")])).toMatchObject({
    title: "2 keys rolled themselves",
    lines: ["<a> and <b>.", expect.any(String)],
  });
});

test("[L17] a new browser is named, what another client calls itself is quoted", () => {
  const signedIn = (userAgent: string) =>
    text("new_browser", [item("Ana", { userAgent, address: "203.0.113.9" })]).lines[0];
  expect(signedIn("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0")).toBe(
    "Firefox on Linux, from 203.0.113.9, on 2026-12-01T10:00",
  );
  expect(signedIn("Nothing to do: https://evil.example")).toBe(
    "<Nothing to do: https://evil.example>, from 203.0.113.9, on 2026-12-01T10:00",
  );
});

test("[L17] every kind has a text for one and for many, and for entries of an older version", () => {
  for (const kind of noticeKinds) {
    const time = at.toISOString();
    const kept = { days: 30, before: null, from: time };
    const details = { ...ends, ...kept, reason: "policy", email: "ana@example.com", failingSince: time };
    for (const total of [1, 2, 30]) {
      const shown = Array.from({ length: Math.min(total, 3) }, (_, index) => item(`n${index}`, details));
      const { title, lines } = text(kind, shown, total);
      for (const line of [title, ...lines]) expect(line).not.toMatch(/undefined|null|NaN|Invalid/);
      expect(title.length).toBeGreaterThan(10);
    }
    expect(text(kind, [], 0).title).toBe(kindWords[kind].label);
  }
});
