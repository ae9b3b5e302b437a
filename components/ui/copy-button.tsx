"use client";

import { Check, Copy } from "lucide-react";
import { type ComponentProps, useEffect, useState } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";
import { copyText } from "./copy-text";

const shownMs = 2000;

type CopyButtonProps = Omit<ComponentProps<typeof Button>, "value" | "children"> & {
  value: string;
  /** The accessible name; it stays when the text was copied. */
  label: string;
  /** Shows the label beside the icon. */
  labelled?: boolean;
  onCopied?: () => void;
};

export function CopyButton({
  value,
  label,
  labelled = false,
  onCopied,
  className,
  ...rest
}: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), shownMs);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async () => {
    const copied = await copyText(value);
    setOutcome(copied ? "copied" : "refused");
    if (copied) onCopied?.();
  };
  const Icon = outcome === "copied" ? Check : Copy;
  return (
    <>
      <Button
        variant="ghost"
        size={labelled ? "medium" : "icon-small"}
        aria-label={labelled ? undefined : label}
        title={labelled ? undefined : label}
        className={className}
        {...rest}
        onClick={copy}
      >
        <Icon aria-hidden className={classNames(outcome === "copied" && "text-accent-ink")} />
        {labelled && label}
      </Button>
      <span role="status" className="sr-only">
        {outcome === "copied" && "Copied"}
        {outcome === "refused" && "The browser refused to copy. Select the text and press Ctrl+C."}
      </span>
    </>
  );
}
