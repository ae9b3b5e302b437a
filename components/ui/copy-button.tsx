"use client";

import { Check, Copy, type LucideIcon } from "lucide-react";
import { type ComponentProps, useEffect, useRef, useState } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";
import { copyText } from "./copy-text";

const shownMs = 2000;

type CopyButtonProps = Omit<ComponentProps<typeof Button>, "value" | "children" | "onClick"> & {
  /** The text, or a function if it is only known at the click. */
  value: string | (() => string);
  /** The accessible name. */
  label: string;
  /** Shows the label beside the icon. A string replaces the label after copying. */
  labelled?: boolean | string;
  /** Keeps showing that the text was copied. */
  stays?: boolean;
  icon?: LucideIcon;
  /** Renders a single element, for table rows. The live region is added on hover or focus. */
  lean?: boolean;
  onCopied?: () => void;
};

/** Copies a text. If the browser refuses, it selects the text beside the button and says which keys copy it. */
export function CopyButton({
  value,
  label,
  labelled = false,
  icon = Copy,
  stays = false,
  lean = false,
  onCopied,
  className,
  ...rest
}: CopyButtonProps) {
  const [isNear, setNear] = useState(!lean);
  const [outcome, setOutcome] = useState<"copied" | "selected" | "refused" | null>(null);
  useEffect(() => {
    if (outcome !== "copied") return;
    const timer = setTimeout(() => setOutcome(null), shownMs);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async (button: HTMLElement) => {
    const text = typeof value === "string" ? value : value();
    if (await copyText(text)) {
      setOutcome("copied");
      onCopied?.();
    } else {
      setOutcome(selectText(button, text) ? "selected" : "refused");
    }
  };
  const copied = outcome === "copied" || stays;
  const done = typeof labelled === "string" ? labelled : "Copied";
  const Icon = copied ? Check : icon;
  return (
    <>
      {lean ? (
        <button
          type="button"
          aria-label={label}
          title={label}
          className={classNames(
            "icon-button",
            copied ? "icon-check text-status-active-ink!" : "icon-copy",
            className,
          )}
          onPointerEnter={() => setNear(true)}
          onFocus={() => setNear(true)}
          onClick={(event) => void copy(event.currentTarget)}
        />
      ) : (
        <Button
          variant="ghost"
          size={labelled === false ? "icon-small" : "medium"}
          aria-label={labelled === false ? label : undefined}
          title={labelled === false ? label : undefined}
          className={className}
          {...rest}
          onClick={(event) => void copy(event.currentTarget)}
        >
          <Icon aria-hidden className={classNames(copied && "text-status-active-ink")} />
          {labelled !== false && (copied && typeof labelled === "string" ? labelled : label)}
        </Button>
      )}
      {isNear && (
        <span role="status" className="sr-only">
          {outcome === "copied" && done}
        </span>
      )}
      {(outcome === "selected" || outcome === "refused") && (
        <CopyRefused selected={outcome === "selected"} onDone={() => setOutcome(null)} />
      )}
    </>
  );
}

/** In the browser's top layer, so that no table or dialog clips it. */
function CopyRefused({ selected, onDone }: { selected: boolean; onDone: () => void }) {
  const note = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const shown = note.current;
    const button = shown?.parentElement?.querySelector("button");
    if (shown == null || button == null) return;
    shown.showPopover();
    const { bottom, right } = button.getBoundingClientRect();
    shown.style.top = `${Math.min(bottom + 4, window.innerHeight - shown.offsetHeight - 8)}px`;
    shown.style.left = `${Math.max(8, right - shown.offsetWidth)}px`;
  }, []);
  useEffect(() => {
    for (const event of ["copy", "pointerdown"]) document.addEventListener(event, onDone);
    return () => {
      for (const event of ["copy", "pointerdown"]) document.removeEventListener(event, onDone);
    };
  });
  return (
    <span
      ref={note}
      role="alert"
      popover="manual"
      className="fixed m-0 max-w-72 rounded-md border border-danger-line bg-danger-soft px-3 py-2 text-danger-ink text-sm"
    >
      The browser refused to copy. {selected ? "The text is selected: press" : "Select the text and press"}{" "}
      Ctrl+C, or ⌘C on a Mac.
    </span>
  );
}

/**
 * Selects the nearest field or element with exactly this text, so that people can press Ctrl+C.
 *
 * @returns false if it is not visible near the button
 */
function selectText(button: HTMLElement, text: string): boolean {
  for (let around = button.parentElement; around !== null; around = around.parentElement) {
    const field = [
      ...around.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea"),
    ].find(({ value }) => value === text);
    if (field !== undefined) {
      field.focus();
      field.select();
      return true;
    }
    const shown = [...around.querySelectorAll("pre, code, span")].find((one) => one.textContent === text);
    if (shown !== undefined) {
      getSelection()?.selectAllChildren(shown);
      return true;
    }
  }
  return false;
}
