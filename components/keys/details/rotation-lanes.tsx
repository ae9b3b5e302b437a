"use client";

import { axisStyle } from "@/components/charts/grid-lines";
import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";
import { useTimeZone } from "@/components/ui/time/exact-time";
import { timeText } from "@/components/ui/time/zoned-text";
import type { KeyRotation, SecretCalls } from "@/lib/services/keys/read/usage/key-rotation";

const height = 40;
const least = 1.5;
const hourMs = 60 * 60 * 1000;

/** The calls of both secrets on the same scale, with a time axis that runs to the end of the grace period. */
export function RotationLanes({ rotation }: { rotation: KeyRotation }) {
  const { current, previous } = rotation;
  const most = Math.max(1, ...current.hours, ...previous.hours);
  const shared = { rotation, most };
  return (
    <div className="grid gap-2">
      <Lane
        name="Current secret"
        calls={current}
        mark="bg-chart-accepted"
        fill="fill-chart-accepted"
        {...shared}
      />
      <Lane
        name="Previous secret"
        calls={previous}
        mark="bg-chart-previous"
        fill="fill-chart-previous"
        // Calls that the end of the grace period would refuse.
        late="fill-chart-refused"
        {...shared}
      />
    </div>
  );
}

type LaneProps = {
  name: string;
  calls: SecretCalls;
  mark: string;
  fill: string;
  /** The fill of bars after the roll, if it differs. */
  late?: string;
  rotation: KeyRotation;
  /** The number of calls of a full bar. */
  most: number;
};

function Lane({ name, calls, mark, fill, late = fill, rotation, most }: LaneProps) {
  const zone = useTimeZone();
  const { from, rolledAt, endsAt, isRecent, previousIsUsed } = rotation;
  const isLast = late !== fill;
  const span = Math.max(hourMs, endsAt.getTime() - from.getTime());
  const place = (ms: number) => `${Math.min(100, Math.max(0, (ms / span) * 100))}%`;
  const of = (moment: Date) => place(moment.getTime() - from.getTime());
  // The current hour counts as past, since its bar has the full width.
  const hoursMs = calls.hours.length * hourMs;
  const warns = isLast && (isRecent ? previousIsUsed : calls.lastHour > 0);
  const total = calls.hours.reduce((sum, count) => sum + count, 0);
  const lastHour =
    isLast && isRecent
      ? `${previousIsUsed ? "Used" : "Not used"} since the roll`
      : `${countOf(calls.lastHour, "call")} last hour`;
  return (
    <div className="grid grid-cols-[9rem_1fr] gap-3 max-sm:grid-cols-1 max-sm:gap-1">
      <div className="text-[0.8125rem] leading-5">
        <p className="flex items-center gap-2 font-medium text-ink">
          <span aria-hidden className={`size-2 rounded-xs ${mark}`} />
          {name}
        </p>
        <p className={`pl-4 text-xs ${warns ? "text-status-expiring-ink" : "text-ink-muted"}`}>{lastHour}</p>
      </div>
      <svg
        role="img"
        aria-label={`${name}: ${lastHour}, ${grouped(total)} since ${timeText(from, zone)}`}
        width="100%"
        height={isLast ? height + 18 : height}
        className="overflow-visible"
      >
        <rect x={place(hoursMs)} width={place(span - hoursMs)} height={height} className="fill-subtle" />
        {calls.hours.map((count, hour) => {
          const tall = count === 0 ? 0 : Math.max(least, (count / most) * (height - 2));
          const start = hour * hourMs;
          const isLate = from.getTime() + start + hourMs > rolledAt.getTime();
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: hours have no other identity
              key={hour}
              x={place(start + hourMs / 10)}
              width={place((hourMs * 8) / 10)}
              y={height - tall}
              height={tall}
              className={`${isLate ? late : fill} forced-colors:fill-[CanvasText]`}
            />
          );
        })}
        <line x1={0} x2="100%" y1={height + 0.5} y2={height + 0.5} className="stroke-line-input" />
        <line
          x1={of(rolledAt)}
          x2={of(rolledAt)}
          y1={isLast ? -8 : 0}
          y2={height}
          strokeDasharray="2 2"
          className="stroke-ink-muted"
        />
        {isLast && <AxisLabels {...{ from, rolledAt, endsAt }} />}
      </svg>
    </div>
  );
}

/**
 * The labels for start, roll and end. If the roll is near the start its label replaces that one; near the end it joins
 * it.
 */
function AxisLabels({ from, rolledAt, endsAt }: Pick<KeyRotation, "from" | "rolledAt" | "endsAt">) {
  const zone = useTimeZone();
  const share = (rolledAt.getTime() - from.getTime()) / (endsAt.getTime() - from.getTime());
  const [isEarly, isLate] = [share < 0.3, share > 0.5];
  const rolled = `rolled ${timeText(rolledAt, zone)}`;
  const y = height + 15;
  return (
    <g aria-hidden className={axisStyle}>
      {!isEarly && (
        <text x={0} y={y} className="max-sm:hidden">
          {timeText(from, zone)}
        </text>
      )}
      {!isLate && (
        <text x={`${share * 100}%`} y={y} textAnchor={isEarly ? "start" : "middle"}>
          {rolled}
        </text>
      )}
      <text x="100%" y={y} textAnchor="end">
        {isLate && `${rolled}, `}
        ends {timeText(endsAt, zone)}
      </text>
    </g>
  );
}
