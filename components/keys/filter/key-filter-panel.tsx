"use client";

import { ChevronRight } from "lucide-react";
import { Popover, Dialog as RadixDialog } from "radix-ui";
import { type KeyboardEvent, type ReactNode, type RefObject, useState } from "react";
import { Button } from "@/components/ui/button";
import { DialogContent } from "@/components/ui/overlay/dialog";
import type { FilterKind } from "@/lib/core/keys/filter/key-filters";
import { filterKinds } from "@/lib/core/keys/filter/key-filters";
import type { KeyListFilters } from "../list/use-key-list-state";
import type { FilterPanelProps } from "./filter-panel-props";
import { FilterValues } from "./filter-values";
import { filterTitles } from "./filter-words";
import { StatusValues } from "./status-values";

type Tab = FilterKind | "status";
const label = "Filter API keys";

/** Chooses filters: kinds at the left, values at the right. Each choice applies at once. */
export function KeyFilterPanel(props: FilterPanelProps) {
  const { by, found, own, anchor, onClose } = props;
  const tabs: Tab[] = filterKinds
    .filter((kind) => !(own && kind === "creator"))
    .flatMap((kind): Tab[] => (kind === "type" ? ["type", "status"] : [kind]));
  const [tab, setTab] = useState<Tab>(
    tabs.find((one) => one !== "status" && by.filters[one]) ?? tabs[0] ?? "role",
  );
  const [text, setText] = useState("");
  const panel = (
    <>
      <div className="flex min-h-0 max-sm:flex-1 max-sm:flex-col sm:h-100">
        <Tabs tabs={tabs} tab={tab} by={by} onChoose={setTab} />
        <div
          role="tabpanel"
          aria-label={titleOf(tab)}
          className="flex min-h-0 min-w-0 flex-col p-1.5 max-sm:h-72 sm:flex-1"
        >
          {tab === "status" ? (
            <StatusValues {...props} onText={setText} />
          ) : (
            <FilterValues key={tab} {...props} kind={tab} onText={setText} />
          )}
        </div>
      </div>
      <div className="flex items-center justify-between gap-3 border-t px-3 py-2 text-ink-muted text-xs max-sm:pb-[max(0.5rem,env(safe-area-inset-bottom))]">
        <span className="min-w-0 truncate">
          {text !== "" && (
            <>
              As text: <bdi className="font-mono text-ink">{text}</bdi>
            </>
          )}
        </span>
        <span className="flex shrink-0 items-center gap-2">
          <span role="status" className="tabular-nums">
            {found} {found === "1 key" ? "matches" : "match"}
          </span>
          <Button size="small" resting={Object.keys(by.filters).length === 0} onClick={by.clear}>
            Clear
          </Button>
        </span>
      </div>
    </>
  );
  return <Floating {...{ anchor, onClose }}>{panel}</Floating>;
}

/** A popover at the button; on a phone a sheet at the bottom. */
function Floating({
  anchor,
  onClose,
  children,
}: Pick<FilterPanelProps, "anchor" | "onClose"> & { children: ReactNode }) {
  const [isPhone] = useState(() => window.matchMedia("(width < 40rem)").matches);
  if (isPhone) {
    return (
      <RadixDialog.Root open onOpenChange={(open) => open || onClose()}>
        <DialogContent title={label} returnFocusTo={anchor.current}>
          {children}
        </DialogContent>
      </RadixDialog.Root>
    );
  }
  return (
    <Popover.Root open onOpenChange={(open) => open || onClose()}>
      <Popover.Anchor virtualRef={anchor as RefObject<HTMLButtonElement>} />
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          align="start"
          sideOffset={4}
          collisionPadding={16}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            anchor.current?.focus();
          }}
          onInteractOutside={(event) => {
            // The button's own click closes the panel.
            if (anchor.current?.contains(event.target as Node)) event.preventDefault();
          }}
          className="z-30 flex w-116 max-w-[calc(100vw-2rem)] animate-fade-in flex-col rounded-lg bg-surface shadow-popover outline-none"
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function titleOf(tab: Tab): string {
  return tab === "status" ? "Status" : filterTitles[tab];
}

type TabsProps = { tabs: readonly Tab[]; tab: Tab; by: KeyListFilters; onChoose: (tab: Tab) => void };

function Tabs({ tabs, tab, by, onChoose }: TabsProps) {
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length] ?? tab;
    onChoose(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  };
  return (
    <div
      role="tablist"
      aria-orientation="vertical"
      aria-label="Filters"
      onKeyDown={move}
      className="flex shrink-0 overflow-auto p-1.5 max-sm:border-b sm:w-42 sm:flex-col sm:border-r"
    >
      {tabs.map((one) => {
        const count = one === "status" ? Number(by.status !== "active") : (by.filters[one]?.length ?? 0);
        return (
          <button
            key={one}
            type="button"
            role="tab"
            data-tab={one}
            aria-selected={one === tab}
            tabIndex={one === tab ? 0 : -1}
            onClick={() => onChoose(one)}
            className="flex h-8 shrink-0 items-center justify-between gap-2 rounded-md px-2.5 text-ink-muted text-sm outline-offset-[-2px] hover:bg-subtle aria-selected:bg-subtle aria-selected:font-medium aria-selected:text-ink max-sm:h-10"
          >
            {titleOf(one)}
            {count > 0 ? (
              <span
                aria-hidden
                className="rounded-full bg-accent-soft px-1.5 text-accent-ink text-xs tabular-nums"
              >
                {count}
              </span>
            ) : (
              <ChevronRight aria-hidden className="size-3.5 text-ink-faint max-sm:hidden" />
            )}
          </button>
        );
      })}
    </div>
  );
}
