"use client";

import { Command } from "cmdk";
import { Check, LoaderCircle, Search } from "lucide-react";
import { useEffect, useEffectEvent, useId, useState } from "react";
import { type ComboboxOption, groupedOptions, matchingOptions } from "./combobox-option";

const typingPauseMs = 200;

/** How to search the options. */
export type ComboboxSearch = {
  /** The search box's accessible name, such as "Search members". */
  searchLabel: string;
  /** Searches outside the list, such as on the server. Called when the list opens and when typing pauses. */
  onSearch?: (search: string) => void;
  /** A search is loading. */
  loading?: boolean;
  /** Shown instead of the options: why they could not be loaded. */
  failure?: string | undefined;
  /** Shown below the options: what is missing from them, and why. */
  more?: string | undefined;
};

type ComboboxListProps = ComboboxSearch & {
  value: string | null;
  options: readonly ComboboxOption[];
  onChoose: (option: ComboboxOption) => void;
};

/** A Combobox's popup: a search box and its results. Mounted only while open. */
export function ComboboxList(props: ComboboxListProps) {
  const { value, options, onChoose, searchLabel, onSearch, loading = false, failure, more } = props;
  const [search, setSearch] = useState("");
  const [composing, setComposing] = useState(false);
  const searchElsewhere = useEffectEvent((text: string) => onSearch?.(text.trim()));
  useEffect(() => {
    if (composing) return;
    const pause = setTimeout(() => searchElsewhere(search), search === "" ? 0 : typingPauseMs);
    return () => clearTimeout(pause);
  }, [search, composing]);

  const found = onSearch === undefined ? matchingOptions(options, search) : options;
  const shown = failure === undefined ? found : [];
  const Icon = loading ? LoaderCircle : Search;
  return (
    <Command
      label={searchLabel}
      shouldFilter={false}
      vimBindings={false}
      defaultValue={value ?? undefined}
      className="flex min-h-0 flex-col"
    >
      <div className="flex items-center gap-2 border-b px-3">
        <Icon
          aria-hidden
          className={
            loading ? "size-4 shrink-0 animate-spin text-ink-faint" : "size-4 shrink-0 text-ink-faint"
          }
        />
        <Command.Input
          value={search}
          onValueChange={setSearch}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
          placeholder={searchLabel}
          className="h-11 min-w-0 flex-1 bg-transparent text-base text-ink outline-none sm:h-9 sm:text-sm"
        />
      </div>
      <Command.List label={searchLabel} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        {groupedOptions(shown).map(([group, members]) => (
          <Command.Group
            key={group}
            heading={group === "" ? undefined : group}
            className="p-1 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-1.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-faint [&_[cmdk-group-heading]]:text-xs"
          >
            {members.map((option) => (
              <Option
                key={option.value}
                option={option}
                chosen={option.value === value}
                onChoose={onChoose}
              />
            ))}
          </Command.Group>
        ))}
      </Command.List>
      <p role="status" className="border-t px-3 py-2 text-ink-muted text-xs empty:hidden">
        {failure ??
          (loading ? "Loading …" : found.length === 0 ? `Nothing matches. ${more ?? ""}`.trim() : more)}
      </p>
    </Command>
  );
}

type OptionProps = { option: ComboboxOption; chosen: boolean; onChoose: (option: ComboboxOption) => void };

function Option({ option, chosen, onChoose }: OptionProps) {
  const id = useId();
  const { value, text, secondary, disabledBecause } = option;
  const line = disabledBecause ?? secondary;
  return (
    <Command.Item
      value={value}
      disabled={disabledBecause !== undefined}
      aria-current={chosen || undefined}
      aria-describedby={line === undefined ? undefined : id}
      onSelect={() => onChoose(option)}
      className="relative grid select-none gap-0.5 rounded py-1.5 pr-8 pl-2 text-ink text-sm data-[disabled=true]:text-ink-faint data-[selected=true]:bg-subtle-strong max-sm:py-2.5"
    >
      <span className="[overflow-wrap:anywhere]">{text}</span>
      {/* Hidden to keep it out of the accessible name; aria-describedby still refers to it. */}
      {line !== undefined && (
        <span id={id} aria-hidden className="text-ink-muted text-xs [overflow-wrap:anywhere]">
          {line}
        </span>
      )}
      {chosen && <Check aria-hidden className="absolute top-2 right-2 size-4 text-accent-ink max-sm:top-3" />}
    </Command.Item>
  );
}
