"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { formatKeyId } from "@/lib/core/keys/key-id";

/** The key id with a copy button. */
export function KeyIdText({ keyId }: { keyId: string }) {
  const text = formatKeyId(keyId);
  return (
    <span className="flex items-center gap-1">
      <span className="truncate font-mono text-ink-muted text-xs">{text}</span>
      <CopyButton value={text} label="Copy key ID" className="-my-1 text-ink-faint! hover:text-ink!" />
    </span>
  );
}
