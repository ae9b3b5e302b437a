"use client";

import { Clock } from "lucide-react";
import { type ReactNode, use } from "react";
import { useNow } from "@/components/ui/time/now-provider";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { durationText, relativeTimeText } from "@/components/ui/time/relative-time-text";
import { effectiveEnd } from "@/lib/core/keys/effective-end";
import { hasEnded, isLeakPause, type RevocationReason } from "@/lib/core/keys/key-status";
import type { ListedKey } from "@/lib/services/keys/read/key-view";
import { leakPauseWords, reasonWords, statusWords } from "../../key-words";
import { AddFilterContext } from "../key-filters";
import { KeyStatusIcon } from "../key-status-icon";
import { useEndsSoon } from "./ends-soon";

const hourMs = 60 * 60 * 1000;

/** The status with a detail below it. On a phone, the most urgent fact about the key. */
export function KeyStatusCell({ apiKey }: { apiKey: ListedKey }) {
  const { status, graceEndsAt } = apiKey;
  const now = useNow();
  const about = aboutStatus(apiKey, now);
  const end = effectiveEnd(apiKey);
  const expiring = useEndsSoon(apiKey) && about === null ? end : null;
  return (
    <div
      data-ended={hasEnded(status) ? "" : undefined}
      className="grid grid-cols-1 max-md:grid-rows-[1.375rem_1.25rem] max-md:gap-y-0.5 max-md:justify-items-end max-md:text-sm max-md:leading-5"
    >
      <span
        className={`flex items-center gap-1.5 ${status === "active" ? "icon-dot" : ""} ${expiring === null ? "" : "max-md:hidden"}`}
      >
        {status !== "active" && <KeyStatusIcon status={status} />}
        <StatusWord apiKey={apiKey} />
        {status === "rolling" && graceEndsAt !== null && (
          <span className="text-ink-muted text-xs">
            {durationText(Math.max(0, graceEndsAt.getTime() - now.getTime()), true)} left
          </span>
        )}
      </span>
      {about !== null && (
        <span
          data-second=""
          data-attention=""
          title={about.title}
          className={`truncate text-xs max-md:max-w-36 max-md:text-[0.8125rem] max-md:leading-5 ${about.warns ? "text-status-expiring-ink" : "text-ink-muted"}`}
        >
          {about.text}
        </span>
      )}
      {expiring !== null && (
        // Only for tables without the column Expires.
        <span
          data-second=""
          className="hidden items-center gap-1.5 truncate max-md:flex md:@max-[744px]/table:block md:text-status-expiring-ink md:text-xs"
        >
          <Clock aria-hidden className="size-3.5 shrink-0 text-status-expiring-ink md:hidden" />
          Expires {relativeTimeText(expiring, now)}
        </span>
      )}
    </div>
  );
}

/** "Paused" and "Rolling" are buttons that filter by that status, since those have no tab. */
function StatusWord({ apiKey: { status } }: { apiKey: ListedKey }) {
  const add = use(AddFilterContext);
  if (status !== "paused" && status !== "rolling") return statusWords[status];
  return (
    <button
      type="button"
      aria-label={`Filter by status ${statusWords[status]}`}
      onClick={() => add.status(status)}
      className="rounded underline-offset-4 hover:underline"
    >
      {statusWords[status]}
    </button>
  );
}

type About = { readonly text: ReactNode; readonly title?: string; readonly warns?: boolean };

/** The line below the status: whether the previous secret is still used, who paused the key, or why it ended. */
function aboutStatus(apiKey: ListedKey, now: Date): About | null {
  const { status, previousSecretUsedAt, pausedAt, pausedBy, revokedAt, revokedBy } = apiKey;
  if (status === "rolling") return aboutPreviousSecret(previousSecretUsedAt, now);
  if (status === "paused" && pausedAt !== null) {
    if (!isLeakPause(pausedAt, pausedBy)) return by(pausedBy, pausedAt, "Paused");
    return { text: <RelativeLine words={shortReasons.leaked} moment={pausedAt} />, title: leakPauseWords };
  }
  if (status === "revoked" && revokedAt !== null) {
    const reason = apiKey.revocationReason ?? "person";
    if (reason === "person") return by(revokedBy, revokedAt, "Revoked");
    return {
      text: <RelativeLine words={shortReasons[reason]} moment={revokedAt} />,
      title: reasonWords[reason],
    };
  }
  const end = status === "expired" ? effectiveEnd(apiKey) : null;
  return end === null ? null : { text: <RelativeTime moment={end} short /> };
}

function aboutPreviousSecret(usedAt: Date | null, now: Date): About {
  // The column is narrow, so the title has the full text.
  if (usedAt === null) return { text: "Previous unused", title: "The previous secret, since the roll" };
  if (now.getTime() - usedAt.getTime() < hourMs) {
    return { text: "Previous in use", title: "The previous secret, within the last hour", warns: true };
  }
  return {
    text: <RelativeLine words="Previous" moment={usedAt} />,
    title: "When the previous secret was last used",
  };
}

/** The column is narrow, so it shows the first name and the title has the full one. */
function by(person: ListedKey["pausedBy"], moment: Date, verb: string): About {
  if (person === null) return { text: <RelativeTime moment={moment} short /> };
  const [first = person.name] = person.name.split(/\s+/);
  return {
    text: (
      <>
        by <bdi>{first}</bdi>, <RelativeTime moment={moment} short />
      </>
    ),
    title: `${verb} by ${person.name} (${person.email})`,
  };
}

function RelativeLine({ words, moment }: { words: string; moment: Date }) {
  return (
    <>
      {words} <RelativeTime moment={moment} short />
    </>
  );
}

const shortReasons: Record<Exclude<RevocationReason, "person">, string> = {
  creator_removed: "Creator left,",
  leaked: "Leaked,",
  policy: "By a policy,",
  resource_deleted: "Place deleted,",
};
