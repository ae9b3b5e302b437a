import { browserText, knownBrowser } from "../audit/browser-text";
import { formatKeyId } from "../keys/key-id";
import type { NoticeKind } from "./notice-kinds";
import type { NoticeView, ShownItem } from "./notice-view";

/** Formats names, days, times and counts for where a notice is shown. */
export type NoticeWords = {
  readonly name: (name: string) => string;
  readonly url: (url: string) => string;
  /** Formats a day in UTC. */
  readonly day: (moment: Date) => string;
  readonly moment: (moment: Date) => string;
  readonly number: (count: number) => string;
  readonly count: (count: number, noun: string) => string;
};

export type NoticeText = { readonly title: string; readonly lines: readonly string[] };

type Told = Pick<NoticeView, "kind" | "total" | "inUse" | "shown">;

/** The text of a notice: what happened, then what to know or do. */
export function noticeText(notice: Told, words: NoticeWords): NoticeText {
  const [first] = notice.shown;
  if (first === undefined) return { title: kindWords[notice.kind].label, lines: [] };
  const one = notice.total === 1 ? words.name(first.name) : null;
  const { title, lines } = texts[notice.kind](one, first, notice, words);
  return { title, lines: [...new Set(lines.filter((line) => line !== null))] };
}

type Text = (
  /** The name of the only subject; null if there are several. */
  one: string | null,
  first: ShownItem,
  notice: Told,
  words: NoticeWords,
) => { readonly title: string; readonly lines: readonly (string | null)[] };

const texts: Readonly<Record<NoticeKind, Text>> = {
  key_leaked: (one, first, { total, shown }, words) => {
    const isPaused = first.details.done === "paused";
    const keys = shown.map((item) => leakedKey(item, words));
    const more = total - shown.length;
    return {
      title: `${one ?? words.count(total, "key")} ${one === null ? "were" : "was"} found in public and ${isPaused ? "paused" : "revoked"}`,
      lines: [
        ...keys,
        more > 0 ? `And ${words.count(more, "other")}.` : null,
        `Whoever saw a secret could use it until then, so check what was done with it. ${
          isPaused ? "Roll each key before you resume it." : "Generate a new key where one is needed."
        }`,
      ],
    };
  },
  key_revoked: (one, first, { total, shown }, words) => ({
    title: `${one ?? words.count(total, "key")} ${one === null ? "were" : "was"} revoked automatically`,
    lines: [named(one, shown, total, words), revokedBecause(String(first.details.reason), one !== null)],
  }),
  old_secret_in_use: (one, first, { total, shown }, words) => {
    const usedBy = textsOf(first.details.usedBy);
    return {
      title:
        one === null
          ? `Previous secrets of ${words.count(total, "key")} are still in use`
          : `The previous secret of ${one} is still in use`,
      lines: [
        named(one, shown, total, words),
        one === null ? null : `It stops working on ${words.moment(timeOf(first.details.endsAt))}.`,
        one === null || usedBy.length === 0 ? null : `Used by ${usedBy.map(words.name).join(", ")}.`,
      ],
    };
  },
  key_rolled_itself: (one, first, { total, shown }, words) => {
    const { address } = first.details;
    const from = one !== null && typeof address === "string" ? ` from ${address}` : "";
    return {
      title: `${one ?? words.count(total, "key")} rolled ${one === null ? "themselves" : "itself"}${from}`,
      lines: [
        named(one, shown, total, words),
        "This is the first time. If no program of yours did it, somebody has a secret: roll the key without a grace period, or revoke it.",
      ],
    };
  },
  key_expiring: (one, first, { total, inUse, shown }, words) => ({
    title: `${one ?? words.count(total, "key")} ${one === null ? "expire" : "expires"} on ${words.day(timeOf(first.details.endsAt))}`,
    lines: [
      one === null ? inUseLine(total, inUse, shown, words) : lastUse(first, words),
      first.details.setBy === "policy" ? "The organization's maximum lifetime sets this end." : null,
    ],
  }),
  policy_ended: (one, _first, { total, shown }, words) => ({
    title: `The maximum lifetime ended ${one ?? words.count(total, "key")}`,
    lines: [named(one, shown, total, words), "An owner who relaxes it in the settings gives the time back."],
  }),
  new_owner: (one, first, { total, shown }, words) => ({
    title: one === null ? `${words.count(total, "member")} became owners` : `${one} is an owner now`,
    lines: [
      one === null ? named(one, shown, total, words) : words.url(String(first.details.email)),
      "Owners can do everything here. If nobody told you of it, look into the audit log.",
    ],
  }),
  new_browser: (one, _first, { total, shown }, words) => ({
    title:
      one === null
        ? `You signed in from ${words.count(total, "new browser")}`
        : "You signed in from a new browser",
    lines: [
      ...shown.map(({ at, details }) => {
        const agent = typeof details.userAgent === "string" ? agentText(details.userAgent, words) : null;
        const from = typeof details.address === "string" ? `from ${details.address}` : null;
        return [agent ?? "An unknown browser", from, `on ${words.moment(at)}`].filter(Boolean).join(", ");
      }),
      total > shown.length ? `And ${words.count(total - shown.length, "other")}.` : null,
      "If it was not you, change your password: that ends all other sessions.",
    ],
  }),
  audit_kept_shorter: (_one, first, _notice, words) => {
    const daysOf = (value: unknown) => words.count(Number(value), "day");
    const { days, before, from } = first.details;
    return {
      title: `The audit log will be kept for ${daysOf(days)} only`,
      lines: [
        `It was kept ${before === null ? "forever" : `for ${daysOf(before)}`}. Older entries are removed for good from ${words.moment(timeOf(from))} on.`,
        "Until then an owner can take it back in the settings. If you do not know why it was changed, see in the audit log who did it: an intruder removes traces like this.",
      ],
    };
  },
  webhook_disabled: (one, first, { total, shown }, words) => ({
    title:
      one === null
        ? `${words.count(total, "webhook endpoint")} were disabled`
        : "A webhook endpoint was disabled",
    lines: [
      named(null, shown, total, words),
      one === null
        ? null
        : `It has failed since ${words.moment(timeOf(first.details.failingSince))}, and gets no more messages.`,
    ],
  }),
};

/** The label and description of each kind in the settings. */
export const kindWords: Readonly<Record<NoticeKind, { readonly label: string; readonly about: string }>> = {
  key_leaked: { label: "Leaked keys", about: "A key was found in public." },
  key_revoked: {
    label: "Automatic revocations",
    about: "A key ended because something that it depends on did.",
  },
  old_secret_in_use: {
    label: "Previous secrets in use",
    about: "A rolled key's previous secret ends soon, and is still used.",
  },
  key_rolled_itself: {
    label: "Keys that roll themselves",
    about: "A key rolled itself for the first time.",
  },
  new_owner: { label: "New owners", about: "Somebody became an owner of your organization." },
  new_browser: { label: "New browsers", about: "You signed in from a browser for the first time." },
  audit_kept_shorter: {
    label: "Shorter audit logs",
    about: "Somebody changed how long your organization keeps its audit log.",
  },
  key_expiring: { label: "Expiring keys", about: "14, 7 and 1 days before a key ends." },
  policy_ended: {
    label: "Keys ended by the maximum lifetime",
    about: "The organization's setting ended them.",
  },
  webhook_disabled: { label: "Disabled webhook endpoints", about: "An endpoint failed for days." },
};

function revokedBecause(reason: string, isOne: boolean): string | null {
  const [its, it] = isOne ? ["Its", "It was"] : ["Their", "They were"];
  switch (reason) {
    case "creator_removed":
      return `${its} creator's access was taken away or lowered.`;
    case "resource_deleted":
      return `${its} application, workspace or user group was deleted.`;
    case "policy":
      return `${it} made with a token that has ended.`;
    default:
      return null;
  }
}

function leakedKey({ keyId, name, details }: ShownItem, words: NoticeWords): string {
  const id = keyId === null ? "" : ` (${formatKeyId(keyId)})`;
  const [url] = textsOf(details.urls);
  return `${words.name(name)}${id}${url === undefined ? "" : `, found at ${words.url(url)}`}`;
}

/** Names the first few subjects, if the title does not. */
function named(
  one: string | null,
  shown: readonly ShownItem[],
  total: number,
  words: NoticeWords,
): string | null {
  if (one !== null) return null;
  return `${listed(shown, total, words)}.`;
}

function inUseLine(total: number, inUse: number, shown: readonly ShownItem[], words: NoticeWords): string {
  if (inUse === 0) return "None of them was used in the last 7 days.";
  const list = listed(shown.slice(0, inUse), inUse, words);
  if (inUse === total) return `All were used in the last 7 days: ${list}.`;
  return `${inUse === 1 ? "One of them was" : `${words.number(inUse)} of them were`} used in the last 7 days: ${list}.`;
}

function lastUse({ lastUsedAt }: ShownItem, words: NoticeWords): string {
  return lastUsedAt === null ? "It was never used." : `Last used on ${words.moment(lastUsedAt)}.`;
}

/** Quotes the User-Agent, since its sender could have written text that calms or lures the reader. */
function agentText(userAgent: string, words: NoticeWords): string {
  return knownBrowser(userAgent) ?? words.name(browserText(userAgent));
}

/** How many names fit on one readable line. */
const mostInLine = 8;

function listed(shown: readonly ShownItem[], total: number, words: NoticeWords): string {
  const names = shown.slice(0, mostInLine).map(({ name }) => words.name(name));
  const more = total - names.length;
  const all = more > 0 ? [...names, words.count(more, "other")] : names;
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

const timeOf = (text: unknown) => new Date(String(text));
const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
