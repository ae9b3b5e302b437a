"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { formatKeyId } from "@/lib/core/keys/key-id";

type KeyIdTextProps = {
  keyId: string;
  /** The key's name, to tell several copy buttons apart. */
  of?: string;
};

/** The key id with a copy button. The last four characters are bold: people type them to confirm Revoke and Delete. */
export function KeyIdText({ keyId, of }: KeyIdTextProps) {
  const text = formatKeyId(keyId);
  return (
    <span className="-mr-2.5 flex items-center gap-0.5">
      <span className="font-mono text-ink-muted text-xs tracking-[-0.01em]">
        {text.slice(0, -4)}
        <b className="font-medium text-ink group-has-[[data-ended]]/row:text-ink-muted">{text.slice(-4)}</b>
      </span>
      <CopyButton
        value={text}
        lean
        label={of === undefined ? "Copy key ID" : `Copy key ID of ${of}`}
        className="-my-1 size-6! text-line-strong! before:size-3.5! hover:text-ink!"
      />
    </span>
  );
}
