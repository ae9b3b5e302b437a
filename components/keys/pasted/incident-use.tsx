"use client";

import { Mail } from "lucide-react";
import { useId } from "react";
import { mailAbout } from "@/components/members/mail-about";
import { Avatar } from "@/components/ui/avatar";
import { grouped } from "@/components/ui/grouped";
import { useTimeZone } from "@/components/ui/time/exact-time";
import { useNow } from "@/components/ui/time/now-provider";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { dayText, timeText } from "@/components/ui/time/zoned-text";
import { levelWord } from "@/lib/core/access/access-level";
import { totalsOf } from "@/lib/core/keys/usage/usage-series";
import type { KeyDetails } from "@/lib/services/keys/read/key-view";
import { CallerCalls } from "../impact/key-impact-card";

// What matters in an incident: how much the key is used, whether that is unusual, by which callers, and whom to ask.

/** How often the key is called now. */
export function IncidentRate({ details: { usage, unusualRate, impact } }: { details: KeyDetails }) {
  const { accepted, refused } = totalsOf(usage["24 h"]);
  return (
    <section aria-label="Use" className="grid gap-1 text-ink-muted">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p>
          <b className="font-semibold text-2xl text-ink tabular-nums leading-8">
            {grouped(accepted + refused)}
          </b>{" "}
          {accepted + refused === 1 ? "call" : "calls"} in 24 hours
        </p>
        {impact.lastUsedAt !== null && (
          <p className="text-[0.8125rem]">
            the last one <RelativeTime moment={impact.lastUsedAt} short />
          </p>
        )}
      </div>
      {unusualRate !== null && (
        <p>
          <span className="font-medium text-status-expiring-ink">
            {grouped(Math.round(unusualRate.times))} times its usual rate
          </span>{" "}
          since <Clock moment={unusualRate.since} />
        </p>
      )}
    </section>
  );
}

const shownCallers = 5;

/**
 * The key's callers, those with the most accepted calls first. A caller with only refused calls may be using a leaked
 * token.
 */
export function KeyCallers({ details: { impact, newCallers } }: { details: KeyDetails }) {
  const heading = useId();
  const { callers } = impact;
  const more = callers.length - shownCallers;
  const sinceOf = (caller: (typeof callers)[number]) =>
    caller.isRest
      ? undefined
      : newCallers.find(({ address, client }) => address === caller.address && client === caller.client)
          ?.since;
  if (callers.length === 0) return null;
  return (
    <section className="grid gap-2">
      <h4 id={heading} className="font-semibold text-ink text-sm">
        Called in the last 24 hours from
      </h4>
      <ul aria-labelledby={heading} className="divide-y rounded-md border">
        {callers.slice(0, shownCallers).map((caller) => (
          <li
            key={`${caller.isRest} ${caller.address} ${caller.client}`}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-3 py-2"
          >
            <span className="font-mono text-[0.8125rem] text-ink [overflow-wrap:anywhere]">
              {caller.isRest ? "Other callers" : (caller.address ?? "Unknown address")}
            </span>
            <CallerCalls {...caller} />
            <CallerLine client={caller.client} since={sinceOf(caller)} />
            <span className="text-right text-ink-muted text-xs">
              <RelativeTime moment={caller.lastAt} short />
            </span>
          </li>
        ))}
        {more > 0 && <li className="px-3 py-2 text-ink-muted text-xs">And {grouped(more)} more</li>}
      </ul>
    </section>
  );
}

/** The person to ask about the key: its creator. */
export function IncidentPeople({ details }: { details: KeyDetails }) {
  const { id, name, createdBy, createdAt, creatorLevel, namespace } = details;
  return (
    <div className="flex items-center gap-3 rounded-md border px-3 py-2">
      <Avatar name={createdBy.name} />
      <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <bdi className="text-ink">{createdBy.name}</bdi>
        <span className="block text-ink-muted text-xs">
          Created it <RelativeTime moment={createdAt} /> ·{" "}
          {creatorLevel === null ? `no access to ${namespace.name} any more` : levelWord(creatorLevel)}
        </span>
      </p>
      <a
        href={mailAbout(createdBy.email, `API key ${name} (key_${id})`)}
        aria-label={`Write to ${createdBy.name}`}
        className="grid size-8 shrink-0 place-items-center rounded-md text-ink-muted hover:bg-subtle hover:text-ink max-sm:size-11"
      >
        <Mail aria-hidden className="size-4" />
      </a>
    </div>
  );
}

function CallerLine({ client, since }: { client: string | null; since: Date | undefined }) {
  return (
    <span className="text-ink-muted text-xs [overflow-wrap:anywhere]">
      {client}
      {client !== null && since !== undefined && " · "}
      {since !== undefined && (
        <span className="text-status-expiring-ink">
          new since <Clock moment={since} />
        </span>
      )}
    </span>
  );
}

/** "10:00", with the day unless it is today. */
function Clock({ moment }: { moment: Date }) {
  const zone = useTimeZone();
  const [day, today] = [moment, useNow()].map((time) => dayText(time, zone));
  return (
    <time dateTime={moment.toISOString()}>
      {timeText(moment, zone)}
      {day !== today && ` on ${day}`}
    </time>
  );
}
