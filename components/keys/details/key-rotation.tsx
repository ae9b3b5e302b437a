"use client";

import { useId } from "react";
import { DialogButton } from "@/components/list/dialog-host";
import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";
import { useNow } from "@/components/ui/time/now-provider";
import { ExactTime, RelativeTime } from "@/components/ui/time/relative-time";
import type { KeyDetails } from "@/lib/services/keys/read/key-view";
import type { KeyRotation as Rotation } from "@/lib/services/keys/read/usage/key-rotation";
import { graceEndText } from "../change/grace-end-text";
import { KeyDialog } from "../list/key-dialogs";
import { reasonAgainst } from "../reason-against";
import { RotationLanes } from "./rotation-lanes";
import { timeLeftText } from "./time-left";
import { useRotation } from "./use-rotation";

type KeyRotationProps = { details: KeyDetails; rotation: Rotation };

/** A roll in its grace period: which secret is in use, who still uses the previous one, and a button to end it. */
export function KeyRotation({ details, rotation }: KeyRotationProps) {
  const heading = useId();
  useRotation(details.id, rotation);
  const { rolledAt, endsAt } = rotation;
  const leftMs = Math.max(0, endsAt.getTime() - useNow().getTime());
  const used = Math.min(100, Math.round(100 - (leftMs / (endsAt.getTime() - rolledAt.getTime())) * 100));
  return (
    <section aria-labelledby={heading} className="overflow-hidden rounded-lg border border-accent-line">
      <div className="grid gap-3 p-4">
        <div className="flex items-center justify-between gap-4">
          <h4 id={heading} className="font-semibold text-ink">
            Rotation
          </h4>
          <span className="font-medium text-ink tabular-nums">{timeLeftText(leftMs)}</span>
        </div>
        <svg
          role="progressbar"
          aria-label="Grace period used"
          aria-valuenow={used}
          aria-valuemin={0}
          aria-valuemax={100}
          width="100%"
          height={4}
          className="rounded-full bg-subtle-strong"
        >
          <rect width={`${used}%`} height={4} rx={2} className="fill-accent forced-colors:fill-[Highlight]" />
        </svg>
        <p className="text-ink-muted text-xs">
          The previous secret works until <ExactTime moment={endsAt} />
          {rotation.silentHours === null
            ? "."
            : ` at the latest. It ends once nobody has used it for ${countOf(rotation.silentHours, "hour")} and the new one is in use.`}
        </p>
        <RotationLanes rotation={rotation} />
      </div>
      <Callers rotation={rotation} />
      <div className="flex items-center justify-between gap-3 border-t bg-subtle px-4 py-3">
        <p className="text-ink-muted text-xs">
          {details.status === "paused"
            ? "The key is paused, so both are refused. Ending it now keeps it refused for good."
            : graceEndText(rotation)}
        </p>
        <DialogButton
          variant="danger-secondary"
          className="max-sm:h-11"
          disabledBecause={reasonAgainst("roll", details)}
          dialog={(props) => <KeyDialog name="end-grace" apiKey={details} {...props} />}
        >
          End grace now
        </DialogButton>
      </div>
    </section>
  );
}

const shownCallers = 5;

/** The callers of the previous secret, above the button that would cut them off. */
function Callers({ rotation: { callers, isRecent, previousIsUsed } }: { rotation: Rotation }) {
  const heading = useId();
  if (callers.length === 0) {
    return previousIsUsed ? null : (
      <p className="border-t px-4 py-3 text-[0.8125rem] text-ink">
        Nobody has used the previous secret since the roll.
      </p>
    );
  }
  return (
    <div className="grid gap-1.5 border-t px-4 py-3 text-[0.8125rem]">
      <h5 id={heading} className="font-medium text-ink">
        Still using the previous secret
      </h5>
      <ul aria-labelledby={heading} className="grid gap-1.5">
        {callers.slice(0, shownCallers).map((caller) => (
          <li
            key={`${caller.address} ${caller.client} ${caller.isRest}`}
            className="grid grid-cols-[minmax(6rem,auto)_1fr_auto_5.5rem] items-baseline gap-x-3 max-sm:grid-cols-[1fr_auto]"
          >
            <span className="font-mono text-ink text-xs [overflow-wrap:anywhere]">
              {caller.isRest ? "Others" : (caller.address ?? "Unknown address")}
            </span>
            <span
              title={caller.client ?? undefined}
              className="truncate text-ink-muted max-sm:order-3 max-sm:text-xs"
            >
              {caller.client}
            </span>
            <span className="text-right text-ink tabular-nums">
              {!isRecent && `${grouped(caller.callsLastHour)} calls/h`}
            </span>
            <span className="text-right text-ink-muted max-sm:order-4 max-sm:text-xs">
              <RelativeTime moment={caller.lastAt} short />
            </span>
          </li>
        ))}
      </ul>
      {callers.length > shownCallers && (
        <p className="text-ink-muted text-xs">And {grouped(callers.length - shownCallers)} more.</p>
      )}
    </div>
  );
}
