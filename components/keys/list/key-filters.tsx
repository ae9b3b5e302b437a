"use client";

import { X } from "lucide-react";
import { createContext, useRef } from "react";
import { DialogButton } from "@/components/list/dialog-host";
import { Button } from "@/components/ui/button";
import type { FilterKind } from "@/lib/core/keys/filter/key-filters";
import { eachFilter } from "@/lib/core/keys/filter/key-filters";
import { hasTab, type KeyListStatus } from "@/lib/core/keys/key-list-settings";
import { filterWords } from "../filter/filter-words";
import { statusWords } from "../key-words";
import { SaveViewDialog } from "./key-dialogs";
import type { KeyListFilters } from "./use-key-list-state";

type AddFilter = {
  readonly filter: (kind: FilterKind, value: string) => void;
  readonly status: (status: KeyListStatus) => void;
};

const nothing = () => undefined;

/** Lets any cell or chip add a filter to the list. */
export const AddFilterContext = createContext<AddFilter>({ filter: nothing, status: nothing });

type KeyFilterChipsProps = {
  by: KeyListFilters;
  /** The names of people and namespaces in the filters, by id. */
  names: Readonly<Record<string, string>>;
  isSearched: boolean;
};

/** The filters that are applied. Each can be removed. */
export function KeyFilterChips({ by, names, isSearched }: KeyFilterChipsProps) {
  const list = useRef<HTMLUListElement>(null);
  const chips = [
    ...eachFilter(by.filters).map(({ kind, value }) => ({
      key: `${kind}:${value}`,
      ...filterWords(kind, value, names),
      remove: () => by.remove(kind, value),
    })),
    ...(hasTab(by.status)
      ? []
      : [
          {
            ...{ key: "status", of: "Status", is: "is", value: statusWords[by.status] },
            remove: () => by.set(by.filters, "active"),
          },
        ]),
  ];
  if (chips.length === 0 && !isSearched) return null;
  const change = (remove: () => void) => {
    // The chip disappears, so the focus moves to the Filter button.
    list.current?.parentElement?.querySelector<HTMLElement>("[data-filter-button]")?.focus();
    remove();
  };
  return (
    <ul ref={list} aria-label="Filters" className="flex flex-wrap items-center gap-1.5">
      {chips.map(({ key, of, is, value, remove }) => (
        <li key={key} className="flex min-w-0">
          <Button
            size="small"
            className="min-w-0 shrink! font-normal! max-sm:h-9"
            aria-label={`Remove filter: ${of} ${is} ${value}`}
            onClick={() => change(remove)}
          >
            <span className="min-w-0 truncate" title={value}>
              <span className="font-medium">{of}</span> <span className="text-ink-muted">{is}</span>{" "}
              <bdi className="whitespace-pre">{value}</bdi>
            </span>
            <X aria-hidden className="text-ink-faint" />
          </Button>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <Button size="small" variant="ghost" onClick={() => change(by.clear)}>
            Clear all
          </Button>
        </li>
      )}
      {/* When it is the only item, its text is aligned with the table. */}
      <li className={chips.length === 0 ? "-ml-2.5" : undefined}>
        <DialogButton size="small" variant="ghost" dialog={(props) => <SaveViewDialog {...props} />}>
          Save view
        </DialogButton>
      </li>
    </ul>
  );
}
