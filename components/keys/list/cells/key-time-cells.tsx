"use client";

import { Clock, KeyRound } from "lucide-react";
import { SparkBars } from "@/components/charts/spark-bars";
import { Avatar } from "@/components/ui/avatar";
import { countOf } from "@/components/ui/count-of";
import { Day, RelativeTime } from "@/components/ui/time/relative-time";
import { effectiveEnd, expirySetBy } from "@/lib/core/keys/effective-end";
import type { KeyRow, ListedKey } from "@/lib/services/keys/read/key-view";
import { policyWords } from "../../key-words";
import { useEndsSoon } from "./ends-soon";
import { firstLine, None, secondLine, TwoLines } from "./two-lines";

/** When the key was created, and by whom: a person, or a program with another key. */
export function KeyCreatedCell({ apiKey }: { apiKey: KeyRow }) {
  const { createdAt, createdBy, createdByKey } = apiKey;
  const { name, email } = createdBy;
  return (
    <TwoLines
      title={
        createdByKey === null ? `${name} (${email})` : `Made with the key ${createdByKey.name} of ${name}`
      }
    >
      <RelativeTime moment={createdAt} {...firstLine} />
      <span {...secondLine} className="flex items-center gap-1.5 text-ink-muted text-xs">
        {createdByKey === null ? (
          <Avatar name={name} size="tiny" />
        ) : (
          <span
            aria-hidden
            className="grid size-4 shrink-0 place-items-center rounded bg-subtle-strong text-ink-muted"
          >
            <KeyRound strokeWidth={2.25} className="size-2.5" />
          </span>
        )}
        <span dir="auto" className="truncate">
          {createdByKey?.name ?? name}
        </span>
      </span>
    </TwoLines>
  );
}

const noCalls = Array.from({ length: 24 }, () => 0);

/** When the key was last used, with its calls in each of the last 24 hours as bars. */
export function KeyUseCell({ apiKey }: { apiKey: ListedKey }) {
  const { lastUsedAt, hourlyCalls } = apiKey;
  const calls = callsOf(apiKey);
  const words = calls === 0 ? "No calls" : countOf(calls, "call");
  return (
    <div className="flex items-center justify-between gap-2 md:@max-[1152px]/table:grid md:@max-[1152px]/table:gap-0.5">
      {lastUsedAt === null ? (
        <span className="text-ink-faint max-md:text-ink-muted max-md:lowercase max-md:after:content-['_used']">
          Never
        </span>
      ) : (
        <RelativeTime
          moment={lastUsedAt}
          short
          className="truncate max-md:text-ink-muted max-md:before:content-['used_']"
        />
      )}
      <SparkBars
        values={hourlyCalls.length === 0 ? noCalls : hourlyCalls}
        label={`${words} in the last 24 hours`}
        className="h-5 w-[71px] group-has-[[data-ended]]/row:opacity-50 max-md:group-has-[[data-attention]]/row:hidden md:@max-[1152px]/table:h-3.5 md:@max-[1152px]/table:w-[50px]"
      />
    </div>
  );
}

/** Successful calls in the last 24 hours. */
export function callsOf({ hourlyCalls }: ListedKey): number {
  return hourlyCalls.reduce((sum, calls) => sum + calls, 0);
}

/** When the key ends, by its own expiry or the maximum lifetime. Highlighted when that is soon. */
export function KeyEndCell({ apiKey }: { apiKey: KeyRow }) {
  const end = effectiveEnd(apiKey);
  const isNear = useEndsSoon(apiKey);
  const isNext = useEndsSoon(apiKey, 7);
  if (end === null) return <None>Never</None>;
  const byPolicy = expirySetBy(apiKey) === "policy";
  return (
    <TwoLines title={byPolicy ? policyWords(apiKey) : undefined}>
      {isNear || isNext ? (
        <span
          className={
            isNear
              ? "flex items-center gap-1 font-medium text-status-expiring-ink"
              : "flex items-center gap-1"
          }
        >
          {isNext && <Clock aria-hidden strokeWidth={2} className="size-[13px] shrink-0" />}
          <RelativeTime moment={end} {...firstLine} />
        </span>
      ) : (
        <RelativeTime moment={end} {...firstLine} />
      )}
      {byPolicy ? <span {...secondLine}>set by policy</span> : <Day moment={end} {...secondLine} />}
    </TwoLines>
  );
}
