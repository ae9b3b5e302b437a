"use client";

import { Tabs as Radix } from "radix-ui";
import { grouped } from "./grouped";

export const Tabs = Radix.Root;
export const TabPanel = Radix.Content;

type TabListProps = {
  label: string;
  tabs: readonly {
    readonly value: string;
    readonly label: string;
    /** Shown beside the label but not part of the name. */
    readonly count?: number | undefined;
  }[];
  className?: string;
};

/** The tabs' titles. The arrow keys move between them. */
export function TabList({ label, tabs, className = "" }: TabListProps) {
  return (
    <Radix.List aria-label={label} className={`flex gap-5 border-b bg-surface ${className}`}>
      {tabs.map(({ value, label: title, count }) => (
        <Radix.Trigger
          key={value}
          value={value}
          className="-mb-px flex h-10 items-center gap-1.5 border-transparent border-b-2 forced-colors:not-data-[state=active]:border-[Canvas] text-ink-muted text-sm outline-offset-3 transition-colors focus-visible:rounded-sm hover:text-ink data-[state=active]:border-ink data-[state=active]:font-medium data-[state=active]:text-ink max-sm:h-11"
        >
          {title}
          {count !== undefined && (
            <span aria-hidden className="font-normal text-ink-faint text-xs tabular-nums">
              {grouped(count)}
            </span>
          )}
        </Radix.Trigger>
      ))}
    </Radix.List>
  );
}
