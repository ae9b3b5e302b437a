"use client";

import { ListFilter } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { lazyDialog } from "@/components/ui/lazy/lazy-dialog";
import { hasTab } from "@/lib/core/keys/key-list-settings";
import type { FilterPanelProps } from "./filter-panel-props";

const KeyFilterPanel = lazyDialog(async () => (await import("./key-filter-panel")).KeyFilterPanel);

type FilterButtonProps = Omit<FilterPanelProps, "anchor" | "onClose">;

/** Opens the filter panel, whose code loads on hover or focus. */
export function FilterButton(props: FilterButtonProps) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const { filters, status } = props.by;
  const count = Object.values(filters).flat().length + (hasTab(status) ? 0 : 1);
  return (
    <>
      <Button
        ref={anchor}
        data-filter-button=""
        className="max-sm:size-10 max-sm:px-0"
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerEnter={KeyFilterPanel.expect}
        onFocus={KeyFilterPanel.expect}
        onClick={() => setOpen(true)}
      >
        <ListFilter aria-hidden />
        <span className="max-sm:sr-only">Filter</span>
        {count > 0 && (
          <span
            aria-hidden
            className="rounded-full bg-accent-soft px-1.5 text-accent-ink text-xs leading-4.5 tabular-nums max-sm:hidden"
          >
            {count}
          </span>
        )}
      </Button>
      {open && <KeyFilterPanel {...props} anchor={anchor} onClose={() => setOpen(false)} />}
    </>
  );
}
