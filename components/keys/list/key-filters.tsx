"use client";

import { ListFilter, X } from "lucide-react";
import { createContext, useRef } from "react";
import { DialogButton } from "@/components/list/dialog-host";
import { Button } from "@/components/ui/button";
import { KeyFilterDialog } from "./key-dialogs";
import { type KeyListFilters, noFilters } from "./use-key-list-state";

type AddFilter = {
  readonly subject: (subject: string) => void;
  readonly label: (label: string) => void;
  readonly paused: () => void;
};

const nothing = () => undefined;

/** Adds a filter to the list, from any place that shows what can be filtered by. */
export const AddFilterContext = createContext<AddFilter>({
  subject: nothing,
  label: nothing,
  paused: nothing,
});

type FiltersProps = { filters: KeyListFilters; onChange: (filters: KeyListFilters) => void };

type FilterButtonProps = FiltersProps & { pausedCount: string | undefined };

export function FilterButton({ filters, onChange, pausedCount }: FilterButtonProps) {
  const count = filters.label.length + (filters.subject === "" ? 0 : 1) + (filters.paused ? 1 : 0);
  return (
    <DialogButton
      data-filter-button=""
      className="max-sm:size-10 max-sm:px-0"
      dialog={(props) => (
        <KeyFilterDialog filters={filters} pausedCount={pausedCount} onApply={onChange} {...props} />
      )}
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
    </DialogButton>
  );
}

/** The filters that are applied. Each can be removed. */
export function KeyFilterChips({ filters, onChange }: FiltersProps) {
  const list = useRef<HTMLUListElement>(null);
  const { subject, label, paused } = filters;
  const chips = [
    ...(subject === ""
      ? []
      : [{ of: "Subject", is: "is", value: subject, without: { ...filters, subject: "" } }]),
    ...label.map((text) => ({
      of: "Label",
      is: text.includes("=") ? "is" : "named",
      value: text,
      without: { ...filters, label: label.filter((other) => other !== text) },
    })),
    ...(paused ? [{ of: "Status", is: "is", value: "Paused", without: { ...filters, paused: false } }] : []),
  ];
  if (chips.length === 0) return null;
  const change = (next: KeyListFilters) => {
    // The chip disappears, so the focus moves to the Filter button.
    list.current?.parentElement?.querySelector<HTMLElement>("[data-filter-button]")?.focus();
    onChange(next);
  };
  return (
    <ul ref={list} aria-label="Filters" className="flex flex-wrap items-center gap-2">
      {chips.map(({ of, is, value, without }) => (
        <li key={`${of} ${value}`} className="flex min-w-0">
          <Button
            size="small"
            className="min-w-0 shrink! font-normal! max-sm:h-9"
            aria-label={`Remove filter: ${of} ${is} ${value}`}
            onClick={() => change(without)}
          >
            <span className="min-w-0 truncate" title={value}>
              <span className="font-medium">{of}</span> <span className="text-ink-muted">{is}</span>{" "}
              <span className="whitespace-pre">{value}</span>
            </span>
            <X aria-hidden className="text-ink-faint" />
          </Button>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <Button size="small" variant="ghost" onClick={() => change(noFilters)}>
            Clear all
          </Button>
        </li>
      )}
    </ul>
  );
}
