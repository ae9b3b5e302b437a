"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Label } from "@/components/ui/field";

/** A token with the default prefix has 60 characters: two lines of 30 are easy to compare. */
const lineLength = 30;

type SecretFieldProps = {
  label: string;
  value: string;
  /** The secret cannot be shown again. */
  isShownOnce: boolean;
  copied: boolean;
  onCopied: () => void;
  /** What to do with it. */
  hint: ReactNode;
};

/** A secret, shown in full, with a button to copy it. */
export function SecretField({ label, value, isShownOnce, copied, onCopied, hint }: SecretFieldProps) {
  const id = useId();
  const copyButton = useRef<HTMLButtonElement>(null);
  // The form that had the focus is gone, so focus the next step: copying.
  useEffect(() => copyButton.current?.focus(), []);
  return (
    <div className="grid grid-cols-1 gap-2">
      <div className="flex items-baseline justify-between gap-2">
        <Label htmlFor={id}>{label}</Label>
        {isShownOnce && <span className="text-ink-muted text-xs">Shown one time only</span>}
      </div>
      <div className="rounded-md border border-line-input bg-subtle px-3.5 py-2.5 outline-offset-2 has-focus-visible:outline-2 has-focus-visible:outline-focus">
        <textarea
          id={id}
          readOnly
          rows={Math.ceil(value.length / lineLength)}
          cols={lineLength}
          value={value}
          // Browsers restore field values with history, and password managers offer to save them.
          autoComplete="off"
          spellCheck={false}
          data-1p-ignore=""
          aria-describedby={`${id}-hint`}
          className="block w-[30ch] max-w-full resize-none break-all bg-transparent font-mono text-ink text-sm leading-6 outline-none sm:text-[0.9375rem]"
          onFocus={(event) => event.target.select()}
          onCopy={onCopied}
        />
      </div>
      <CopyButton
        ref={copyButton}
        variant={copied || !isShownOnce ? "secondary" : "primary"}
        size="large"
        value={value}
        label="Copy secret"
        labelled="Secret copied"
        stays={copied}
        onCopied={onCopied}
      />
      <p id={`${id}-hint`} className="text-ink-muted text-xs">
        {hint}
      </p>
    </div>
  );
}
