import type { Paragraph } from "./paragraph-mail";
import { paragraphMail } from "./paragraph-mail";
import { quotedName } from "./quoted-name";
import type { Mail } from "./send-mail";
import { singleLine } from "./single-line";

export type LeakFacts = {
  readonly email: string;
  readonly organizationName: string;
  readonly reporter: string;
  readonly done: "revoked" | "paused";
  readonly keys: readonly {
    /** `key_` and 16 characters. */
    readonly id: string;
    readonly name: string;
    readonly createdBy: string;
    readonly urls: readonly string[];
  }[];
  /** Where the keys are listed; null if the recipient cannot open that page. */
  readonly link: string | null;
};

/** A mail has to be readable; the audit log lists every key. */
const namedKeys = 20;
const urlMaximum = 300;

const next = {
  revoked: "Generate new keys where you need them, and keep their secrets out of what you publish.",
  paused:
    "Roll each key before you resume it, since its old secret is known, and keep secrets out of what you publish.",
} as const;

/** Tells the people responsible for keys that were revoked or paused because their secrets were found in public. */
export function leakedKeyMail({ email, reporter, done, keys, link, ...facts }: LeakFacts): Mail {
  const organization = quotedName(facts.organizationName);
  const more = keys.length - namedKeys;
  const paragraphs: Paragraph[] = [
    `${reporter} found secrets of API keys of ${organization} in public. Latchkey has ${done} the keys below: requests with them are no longer accepted.`,
    ...keys
      .slice(0, namedKeys)
      .map(({ id, name, createdBy, urls }) =>
        [
          `${quotedName(name)} (${id}), created by ${quotedName(createdBy)}`,
          ...urls.map((url) => `Found at ${singleLine(url).slice(0, urlMaximum)}`),
        ].join("\n"),
      ),
    ...(more > 0 ? [`And ${more} more.`] : []),
    `Until now anybody who saw a secret could use it, so check what was done with the keys. ${next[done]}`,
    ...(link === null ? [] : [{ lead: `The ${done} keys are at:`, label: `Show the ${done} keys`, link }]),
  ];
  return paragraphMail({
    to: email,
    subject: `Leaked API keys of ${organization} were ${done}`,
    paragraphs,
  });
}
