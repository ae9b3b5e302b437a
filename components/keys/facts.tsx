import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

type FactsProps = {
  /** The list's accessible name. */
  label: string;
  facts: readonly (readonly [term: string, detail: ReactNode])[];
  className?: string;
};

/** A list of terms and values, one per line. */
export function Facts({ label, facts, className }: FactsProps) {
  return (
    <dl aria-label={label} className={classNames("grid gap-x-4 gap-y-2 text-sm", className)}>
      {facts.map(([term, detail]) => (
        <div key={term} className="grid grid-cols-[8.5rem_1fr] gap-4">
          <dt className="text-ink-muted">{term}</dt>
          <dd className="min-w-0 text-ink [overflow-wrap:anywhere]">{detail}</dd>
        </div>
      ))}
    </dl>
  );
}
