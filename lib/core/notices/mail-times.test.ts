import fc from "fast-check";
import { expect, test } from "vitest";
import { mailDueAt, mailRetryMs, nextReminders } from "./mail-times";

const at = (text: string) => new Date(`2026-11-${text}Z`);
const due = (pace: "urgent" | "daily", told: string, sent: string | null) =>
  mailDueAt(pace, at(told), sent === null ? null : at(sent))
    .toISOString()
    .slice(8, 19);

test("[L17] an urgent notice is mailed at once, and later ones together after a quarter of an hour", () => {
  expect(due("urgent", "30T12:00:00", null)).toBe("30T12:00:30");
  expect(due("urgent", "30T12:00:40", "30T12:00:30")).toBe("30T12:15:30");
  expect(due("urgent", "30T12:30:00", "30T12:00:30")).toBe("30T12:30:30");
});

test("[L17] all other notices are mailed an hour after the first one, once a day", () => {
  expect(due("daily", "30T00:00:05", null)).toBe("30T01:00:05");
  expect(due("daily", "30T00:00:05", "29T23:59:00")).toBe("30T01:00:05");
  // Noticed after the day's mail, so it is in the first mail of the next day.
  expect(due("daily", "29T15:00:00", "29T01:00:05")).toBe("30T01:00:00");
  expect(due("daily", "29T15:00:00", "28T01:00:05")).toBe("29T16:00:00");
});

test("[L17] the page of choices says when reminders come: an hour after midnight UTC", () => {
  expect(nextReminders(at("29T00:30:00"))).toEqual(at("30T01:00:00"));
  expect(nextReminders(at("29T23:59:59"))).toEqual(at("30T01:00:00"));
});

test("[L17] however many notices there are, a day has at most one daily mail", () => {
  const minute = 60_000;
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 10 * 24 * 60 }), { minLength: 1, maxLength: 60 }),
      (minutes) => {
        const mails: Date[] = [];
        let waiting: Date | null = null;
        for (const told of minutes.sort((a, b) => a - b).map((each) => new Date(each * minute))) {
          if (waiting !== null && waiting <= told) {
            mails.push(waiting);
            waiting = null;
          }
          waiting ??= mailDueAt("daily", told, mails.at(-1) ?? null);
        }
        const days = mails.map((mail) => Math.floor(mail.getTime() / (24 * 60 * minute)));
        expect(new Set(days).size).toBe(days.length);
      },
    ),
  );
});

test("[L17] an unreachable mail server is retried for a week", () => {
  let waitedMs = 0;
  let failures = 1;
  for (let pause = mailRetryMs(failures); pause !== null; pause = mailRetryMs(++failures)) waitedMs += pause;
  expect(waitedMs / 86_400_000).toBeGreaterThan(5);
  expect(waitedMs / 86_400_000).toBeLessThan(8);
  expect(mailRetryMs(1)).toBe(60_000);
});
