import { grouped } from "@/components/ui/grouped";
import type { UseOfKeys } from "@/lib/services/keys/impact/keys-impact";
import { HoursChart } from "./hours-chart";

/** How the keys that a change ends or shrinks are used: three numbers, and the calls of the last 24 hours. */
export function UseOfKeysFacts({ impact }: { impact: Pick<UseOfKeys, "counts" | "hours"> }) {
  const { today, earlier, idle } = impact.counts;
  return (
    <CountsAndHours
      label="How the keys are used"
      counts={[
        [today, "used in the last 24 hours"],
        [earlier, "used earlier, within 90 days"],
        [idle, "idle or never used"],
      ]}
      hours={impact.hours}
    />
  );
}

type CountsAndHoursProps = Pick<UseOfKeys, "hours"> & {
  label: string;
  counts: readonly (readonly [count: number, words: string])[];
};

/** Numbers side by side above the calls of the last 24 hours, if there were any. */
export function CountsAndHours({ label, counts, hours }: CountsAndHoursProps) {
  return (
    <div className="grid grid-cols-1 divide-y rounded-md border">
      <dl aria-label={label} className="grid grid-cols-3 divide-x">
        {counts.map(([count, words]) => (
          <Count key={words} count={count} words={words} />
        ))}
      </dl>
      {hours.some(({ calls }) => calls > 0) && (
        <div className="px-3.5 pt-3 pb-2">
          <HoursChart hours={hours} />
        </div>
      )}
    </div>
  );
}

/** On the screen the number is above its words; in the DOM it follows them, as a `dd` its `dt`. */
function Count({ count, words }: { count: number; words: string }) {
  return (
    <div className="flex flex-col-reverse justify-end gap-0.5 px-3.5 py-2.5">
      <dt className="text-ink-muted text-xs">{words}</dt>
      <dd className="font-semibold text-ink text-lg tabular-nums">{grouped(count)}</dd>
    </div>
  );
}
