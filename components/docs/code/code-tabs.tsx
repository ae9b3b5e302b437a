"use client";

import { type KeyboardEvent, type ReactNode, useId } from "react";
import { useDocs } from "../frame/docs-context";

type CodeTabsProps = {
  /** What the samples do, such as "Verify a key". */
  name: string;
  tabs: readonly { readonly label: string; readonly content: ReactNode }[];
};

/** One call in several languages. The chosen language applies to the other samples and pages too. */
export function CodeTabs({ name, tabs }: CodeTabsProps) {
  const id = useId();
  const { language, setLanguage } = useDocs();
  const chosen = tabs.find(({ label }) => label === language)?.label ?? tabs[0]?.label;

  const move = (event: KeyboardEvent<HTMLElement>) => {
    const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -tabs.length, End: tabs.length };
    if (!(event.key in steps)) return;
    event.preventDefault();
    const at = tabs.findIndex(({ label }) => label === chosen);
    const { [event.key as keyof typeof steps]: step } = steps;
    const to =
      Math.abs(step) === 1 ? (at + step + tabs.length) % tabs.length : step < 0 ? 0 : tabs.length - 1;
    setLanguage(tabs[to]?.label ?? "");
    event.currentTarget.querySelectorAll("button")[to]?.focus();
  };
  return (
    <div className="grid min-w-0 gap-2">
      <div role="tablist" aria-label={`${name} by`} className="flex flex-wrap gap-1" onKeyDown={move}>
        {tabs.map(({ label }) => (
          <button
            key={label}
            type="button"
            role="tab"
            id={`${id}-${label}-tab`}
            aria-controls={`${id}-${label}`}
            aria-selected={label === chosen}
            tabIndex={label === chosen ? 0 : -1}
            onClick={() => setLanguage(label)}
            className="min-h-6 rounded-md px-2 py-1 text-ink-muted text-xs hover:text-ink aria-selected:bg-subtle-strong aria-selected:font-medium aria-selected:text-ink"
          >
            {label}
          </button>
        ))}
      </div>
      {tabs.map(({ label, content }) => (
        <div
          key={label}
          role="tabpanel"
          id={`${id}-${label}`}
          aria-labelledby={`${id}-${label}-tab`}
          hidden={label !== chosen}
          className="min-w-0"
        >
          {content}
        </div>
      ))}
    </div>
  );
}
