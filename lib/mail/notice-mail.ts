import type { NoticeWords } from "@/lib/core/notices/notice-text";
import { noticeText } from "@/lib/core/notices/notice-text";
import type { NoticeView } from "@/lib/core/notices/notice-view";
import { escapeHtml } from "./paragraph-mail";
import { quotedName } from "./quoted-name";
import type { Mail } from "./send-mail";
import { singleLine } from "./single-line";

export type NoticeFacts = {
  readonly email: string;
  /** At least one. */
  readonly notices: readonly Pick<
    NoticeView,
    "kind" | "organization" | "total" | "inUse" | "shown" | "href"
  >[];
  readonly appUrl: string;
};

const inUtc = { timeZone: "UTC" } as const;
const dayFormat = new Intl.DateTimeFormat("en-GB", { ...inUtc, dateStyle: "long" });
const momentFormat = new Intl.DateTimeFormat("en-GB", { ...inUtc, dateStyle: "long", timeStyle: "short" });
const countFormat = new Intl.NumberFormat("en-US");
const urlMaximum = 300;

const words: NoticeWords = {
  name: quotedName,
  url: (url) => singleLine(url).slice(0, urlMaximum),
  day: (moment) => dayFormat.format(moment),
  moment: (moment) => `${momentFormat.format(moment)} UTC`,
  number: (count) => countFormat.format(count),
  count: (count, noun) => `${countFormat.format(count)} ${noun}${count === 1 ? "" : "s"}`,
};

/** One mail to one person, with one or more notices. */
export function noticeMail({ email, notices, appUrl }: NoticeFacts): Mail {
  const told = notices.map(({ href, organization, ...notice }) => ({
    ...noticeText(notice, words),
    place: organization === null ? "Your account" : quotedName(organization.name),
    link: appUrl + (href ?? "/account/notices"),
  }));
  const [first] = told;
  if (first === undefined) throw new Error("A mail tells of something");
  const choices = `${appUrl}/account/notices/mail`;
  const more = told.length - 1;
  return {
    to: email,
    subject: more === 0 ? first.title : `${first.title}, and ${words.count(more, "more notice")}`,
    text: [
      ...told.map(({ title, place, lines, link }) => [title, place, "", ...lines, "", link, ""].join("\n")),
      `-- \nAll notices: ${appUrl}/account/notices\nChoose what you get by mail: ${choices}\n`,
    ].join("\n"),
    html: page(
      told.map(
        ({ title, place, lines, link }) => `<div class="card" style="${style.card}">
<p class="faint" style="${style.place}">${escapeHtml(place)}</p>
<h2 class="ink" style="${style.title}">${escapeHtml(title)}</h2>
${lines.map((line) => `<p class="muted" style="${style.line}">${escapeHtml(line)}</p>`).join("\n")}
<p style="margin:12px 0 0"><a class="link" style="${style.link}" href="${escapeHtml(link)}">Show in Latchkey</a></p>
</div>`,
      ),
      `<a class="link" style="${style.link}" href="${escapeHtml(`${appUrl}/account/notices`)}">All notices</a> &middot;
<a class="link" style="${style.link}" href="${escapeHtml(choices)}">Choose what you get by mail</a>`,
    ),
  };
}

/** The light colours are inline, for mail programs that ignore style sheets. */
const style = {
  body: "margin:0;padding:24px 12px;background:#f5f5f5;font:15px/1.5 system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif",
  card: "max-width:560px;margin:0 auto 12px;padding:16px 20px;background:#ffffff;border:1px solid #e2e2e2;border-radius:8px;overflow-wrap:anywhere",
  place: "margin:0 0 2px;font-size:13px;color:#686868",
  title: "margin:0 0 8px;font-size:16px;line-height:1.4;font-weight:600;color:#171717",
  line: "margin:0 0 4px;font-size:14px;color:#525252",
  link: "font-size:14px;color:#1b55bd",
  foot: "max-width:560px;margin:16px auto 0;padding:0 20px;font-size:14px;color:#686868",
};

const darkColours = `@media (prefers-color-scheme: dark) {
.ground { background: #111111 !important; }
.card { background: #1b1b1b !important; border-color: #333333 !important; }
.ink { color: #ededed !important; }
.muted { color: #ababab !important; }
.faint { color: #949494 !important; }
.link { color: #82b0ff !important; }
}`;

function page(cards: readonly string[], foot: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Latchkey notices</title>
<style>
:root { color-scheme: light dark; }
${darkColours}
</style>
</head>
<body class="ground" style="${style.body}">
${cards.join("\n")}
<p class="faint" style="${style.foot}">
${foot}
</p>
</body>
</html>
`;
}
