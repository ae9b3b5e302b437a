"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import { useId, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { useTimeZone } from "@/components/ui/time/exact-time";
import { useNow } from "@/components/ui/time/now-provider";
import { dayText, timeText } from "@/components/ui/time/zoned-text";
import { readKeyActivity } from "@/lib/actions/keys";
import { browserText } from "@/lib/core/audit/browser-text";
import { formatKeyId } from "@/lib/core/keys/key-id";
import type { KeyActivity as Activity, KeyActivityEntry } from "@/lib/services/audit/read-key-activity";
import { activityText } from "./activity-text";
import { ActorMark } from "./actor-mark";
import { KeyPowers } from "./key-powers";

/** The key's own history, newest first. Older entries are loaded on request. */
export function KeyActivity({ keyId, latest }: { keyId: string; latest: Activity }) {
  const { organization } = useParams<{ organization: string }>();
  const [older, setOlder] = useState<readonly Activity[]>([]);
  const [failed, setFailed] = useState(false);
  const [loading, startTransition] = useTransition();
  const pages = [latest, ...older];
  const after = pages.at(-1)?.after ?? null;
  const load = () =>
    startTransition(async () => {
      const result = await readKeyActivity(organization, { keyId, after }).catch(() => null);
      setFailed(result === null || !result.ok);
      if (result?.ok) setOlder([...older, result.value]);
    });
  const names = Object.assign({}, ...pages.map((page) => page.names));
  return (
    <div className="grid grid-cols-1 gap-4">
      <p className="text-ink-muted">
        From the audit log, newest first.{" "}
        {latest.readsLog && (
          <Link
            className="rounded text-accent-ink underline underline-offset-2"
            href={`/${organization}/settings/audit-log?target=${formatKeyId(keyId)}`}
          >
            Show them in the audit log
          </Link>
        )}
      </p>
      <KeyPowers keyId={keyId} />
      <Days entries={distinct(pages.flatMap(({ entries }) => entries))} names={names} />
      <p role="status" className="text-danger-ink empty:hidden">
        {failed ? "The older entries could not be loaded. Try again." : null}
      </p>
      {after !== null && (
        <Button className="justify-self-start max-sm:h-11" pending={loading} onClick={load}>
          Show older
        </Button>
      )}
    </div>
  );
}

/** Drops duplicates: new entries can shift the pages between two requests. */
function distinct(entries: readonly KeyActivityEntry[]): KeyActivityEntry[] {
  return [...new Map(entries.map((entry) => [entry.sequence, entry])).values()];
}

type DaysProps = { entries: readonly KeyActivityEntry[]; names: Activity["names"] };

function Days({ entries, names }: DaysProps) {
  const zone = useTimeZone();
  const today = dayText(useNow(), zone);
  const days = new Map<string, KeyActivityEntry[]>();
  for (const entry of entries) {
    const day = dayText(entry.at, zone);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days].map(([day, ofDay]) => (
    <Day key={day} title={day === today ? "Today" : day} entries={ofDay} names={names} zone={zone} />
  ));
}

function Day({ title, entries, names, zone }: DaysProps & { title: string; zone: string }) {
  const heading = useId();
  return (
    <section className="grid grid-cols-1 gap-2">
      <h4 id={heading} className="text-ink-muted text-xs">
        {title}
      </h4>
      <ul aria-labelledby={heading} className="divide-y rounded-lg border">
        {entries.map((entry) => (
          <li key={entry.sequence} className="flex gap-3 px-4 py-2.5">
            <ActorMark {...entry} />
            <div className="min-w-0 flex-1 text-[0.8125rem] text-ink leading-5 [overflow-wrap:anywhere]">
              <p>
                <b dir="auto" className="font-medium">
                  {entry.actorKind === "system" ? "Latchkey" : entry.actorName}
                </b>{" "}
                {activityText(entry, names)}
              </p>
              <OriginText entry={entry} />
            </div>
            <time
              dateTime={entry.at.toISOString()}
              className="shrink-0 text-[0.8125rem] text-ink-muted leading-5 tabular-nums"
            >
              {timeText(entry.at, zone)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}

function OriginText({ entry: { address, userAgent } }: { entry: KeyActivityEntry }) {
  const parts = [address, userAgent === null ? null : browserText(userAgent)].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return (
    <p title={userAgent ?? undefined} className="text-ink-muted text-xs">
      {parts.join(" · ")}
    </p>
  );
}
