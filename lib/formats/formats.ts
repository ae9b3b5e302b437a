/** How the reader's locale writes dates and numbers. Words are always English, and digits Western. */
export type Formats = {
  readonly order: "dmy" | "mdy" | "ymd";
  /** 2:20 PM instead of 14:20. */
  readonly hour12: boolean;
  /** The separator between groups of digits. */
  readonly group: string;
  /** Numbers below this are not grouped. */
  readonly groupsFrom: number;
  /** The size of every group but the last, which always has three digits. */
  readonly groupSize: number;
};

export const defaultFormats: Formats = {
  order: "dmy",
  hour12: false,
  group: ",",
  groupsFrom: 1000,
  groupSize: 3,
};

/** Clients can send any locale, so the cache is bounded. */
const most = 100;
const known = new Map<string, Formats>();

/**
 * The formats of the first locale in Accept-Language.
 *
 * @param accepted the value of the Accept-Language header
 */
export function formatsFor(accepted: string | undefined): Formats {
  const locale = firstLocale(accepted ?? "");
  if (locale === undefined) return defaultFormats;
  const found = known.get(locale);
  if (found !== undefined) return found;
  const made = formatsOf(locale);
  if (known.size >= most) known.clear();
  known.set(locale, made);
  return made;
}

/** A language with an optional script and region. Extensions are dropped, since they could select another calendar. */
const localePattern = /^[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?=$|-)/i;

function firstLocale(accepted: string): string | undefined {
  for (const range of accepted.slice(0, 200).split(",")) {
    const tag = range.split(";")[0]?.trim() ?? "";
    const [locale] = localePattern.exec(tag) ?? [];
    if (locale !== undefined && Intl.NumberFormat.supportedLocalesOf(locale).length > 0) return locale;
  }
  return undefined;
}

function formatsOf(locale: string): Formats {
  const plain = { calendar: "gregory", numberingSystem: "latn" } as const;
  const date = new Intl.DateTimeFormat(locale, {
    ...plain,
    day: "numeric",
    month: "numeric",
    year: "numeric",
  });
  const order = date
    .formatToParts(0)
    .map(({ type }) => type)
    .find((type) => type === "day" || type === "month" || type === "year");
  const { hour12 = false } = new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions();
  const number = new Intl.NumberFormat(locale, plain);
  const parts = number.formatToParts(123_456_789);
  const groups = parts.filter(({ type }) => type === "integer");
  return {
    order: order === "month" ? "mdy" : order === "year" ? "ymd" : "dmy",
    hour12,
    group: parts.find(({ type }) => type === "group")?.value ?? defaultFormats.group,
    groupsFrom: number.formatToParts(1234).some(({ type }) => type === "group") ? 1000 : 10_000,
    groupSize: groups.at(-2)?.value.length ?? defaultFormats.groupSize,
  };
}
