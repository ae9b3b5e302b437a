"use client";

import { ArrowRightLeft, Ban, Download, Pause, Trash2, X } from "lucide-react";
import { useParams } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useDialogHost } from "@/components/list/dialog-host";
import { rowMenu } from "@/components/list/row-menu";
import { Button } from "@/components/ui/button";
import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";
import { readSelectedCalls } from "@/lib/actions/bulk-keys";
import type { BulkVerb } from "@/lib/core/keys/bulk/bulk-change";
import { BulkDialog, type SentSelection } from "./bulk-dialog";
import { downloadKeys } from "./download-keys";

const MoreVerbs = rowMenu(async () => (await import("./more-verbs")).MoreVerbs);

export type SelectedKeysProps = {
  selection: {
    readonly ids: ReadonlySet<string>;
    readonly address: string;
    readonly isAll: boolean;
    readonly selectAll: () => void;
    readonly clear: () => void;
  };
  /** Only this person's own keys are listed. */
  own: boolean;
  /** The number of keys that match the filters, and its text, which can be a lower bound such as "500+". */
  total: number;
  totalText: string;
};

/** The toolbar of the selected keys, which floats above the foot of the list. */
export function SelectedKeys({ selection, own, total, totalText }: SelectedKeysProps) {
  const { openDialog } = useDialogHost();
  const bar = useRef<HTMLDivElement>(null);
  const { ids, address, isAll, selectAll, clear } = selection;
  const count = isAll ? total : ids.size;
  const countWords = isAll ? totalText : grouped(count);
  const sent: SentSelection = { own, ids: isAll ? null : [...ids], address };
  const calls = useCalls(sent);
  useKeysToBar(bar, clear);

  const open = (verb: BulkVerb, opener: HTMLElement | null) =>
    openDialog(
      (props) => <BulkDialog verb={verb} selection={sent} count={count} onDone={clear} {...props} />,
      opener,
    );
  const exportThem = () =>
    downloadKeys(isAll ? address : new URLSearchParams({ ids: [...ids].join(",") }).toString());
  return (
    <div className="pointer-events-none fixed inset-x-0 bottom-3 z-20 flex justify-center px-3 md:bottom-15 md:pl-16 xl:pl-53">
      <div
        ref={bar}
        role="toolbar"
        aria-label="Selected keys"
        className="pointer-events-auto flex max-w-full animate-fade-in flex-wrap items-center gap-x-1 gap-y-0.5 rounded-xl border bg-surface py-1.5 pr-2 pl-1.5 text-[0.8125rem] shadow-dialog max-md:w-full"
      >
        <Button
          variant="ghost"
          size="icon-small"
          className="max-md:size-11"
          aria-label="Clear selection"
          onClick={clear}
        >
          <X aria-hidden />
        </Button>
        <span className="whitespace-nowrap px-1 font-semibold text-ink tabular-nums">
          {countWords} selected
        </span>
        {!isAll && total > ids.size && (
          <Button variant="link" size="inline" className="text-[0.8125rem] max-md:h-11" onClick={selectAll}>
            Select all {totalText}
          </Button>
        )}
        {calls !== null && (
          <>
            <LineRule />
            <span className="whitespace-nowrap px-1 text-ink-muted tabular-nums">
              {countOf(calls, "call")} in 24 hours
            </span>
          </>
        )}
        <LineRule />
        <div className="flex items-center max-md:w-full max-md:flex-wrap max-md:justify-between">
          <VerbButton name="Pause" icon={Pause} onPress={(opener) => open("pause", opener)} />
          <VerbButton name="Transfer" icon={ArrowRightLeft} onPress={(opener) => open("transfer", opener)} />
          <VerbButton name="Export" icon={Download} onPress={exportThem} />
          <MoreVerbs label="More actions for selected keys" onChoose={open} />
          <Rule />
          <VerbButton name="Revoke" icon={Ban} isDanger onPress={(opener) => open("revoke", opener)} />
          <VerbButton name="Delete" icon={Trash2} isDanger onPress={(opener) => open("delete", opener)} />
        </div>
        <p role="status" className="sr-only">
          {isAll ? `All ${totalText} keys selected` : `${countOf(count, "key")} selected`}
        </p>
      </div>
    </div>
  );
}

function Rule() {
  return <span aria-hidden className="mx-1 h-5 w-px bg-line max-md:hidden" />;
}

/** A separator between two parts of the bar. Hidden in narrow windows, where the parts are on separate lines. */
function LineRule() {
  return <span aria-hidden className="mx-1 h-5 w-px bg-line max-xl:hidden" />;
}

type VerbButtonProps = {
  name: string;
  icon: typeof Pause;
  isDanger?: boolean;
  onPress: (opener: HTMLElement) => void;
};

function VerbButton({ name, icon: Icon, isDanger = false, onPress }: VerbButtonProps) {
  return (
    <Button
      variant="ghost"
      size="small"
      className={
        isDanger
          ? "text-danger-ink! hover:bg-danger-soft! max-md:h-11 max-md:px-2"
          : "text-ink! max-md:h-11 max-md:px-2"
      }
      onClick={(event) => onPress(event.currentTarget)}
    >
      <Icon aria-hidden className="max-md:hidden" />
      {name}
    </Button>
  );
}

const askAfterMs = 250;

/** The accepted calls of the selected keys in the last 24 hours; null while unknown. */
function useCalls(sent: SentSelection): number | null {
  const { organization } = useParams<{ organization: string }>();
  const question = JSON.stringify(sent);
  const [told, setTold] = useState<{ to: string; calls: number | null } | null>(null);
  useEffect(() => {
    let current = true;
    const asking = setTimeout(() => {
      const selection = JSON.parse(question) as SentSelection;
      readSelectedCalls(organization, { selection }).then(
        (answer) => current && setTold({ to: question, calls: answer.ok ? answer.value.calls : null }),
        () => undefined,
      );
    }, askAfterMs);
    return () => {
      current = false;
      clearTimeout(asking);
    };
  }, [organization, question]);
  return told?.to === question ? told.calls : null;
}

/** Shift+A focuses the toolbar and Escape clears the selection, unless the key press belongs to something else. */
function useKeysToBar(bar: { readonly current: HTMLDivElement | null }, clear: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector("[role=dialog], [role=menu]") !== null) return;
      const isTyping =
        event.target instanceof HTMLElement &&
        event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
      if (isTyping) return;
      if (event.key === "Escape") clear();
      else if (event.shiftKey && event.key.toLowerCase() === "a") {
        event.preventDefault();
        bar.current?.querySelector<HTMLElement>("button")?.focus();
      }
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [bar, clear]);
}
