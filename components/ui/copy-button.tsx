"use client";

import { Check, Copy, type LucideIcon } from "lucide-react";
import { type ComponentProps, useEffect, useState } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";
import { copyText } from "./copy-text";
import { lazyCode, useLazyCode } from "./lazy/lazy-code";

/** For a browser that refuses, which is rare. */
const refusal = lazyCode(() => import("./overlay/copy-refused"));

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
      await refusal.load();
      setOutcome(refusal.loaded()?.selectText(button, text) ? "selected" : "refused");
    }
  };
  const isRefused = outcome === "selected" || outcome === "refused";
  const refused = useLazyCode(refusal, isRefused);
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
      {isRefused && refused.code !== null && (
        <refused.code.CopyRefused selected={outcome === "selected"} onDone={() => setOutcome(null)} />
      )}
    </>
  );
}
