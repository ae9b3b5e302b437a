"use client";

import { LoaderCircle } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { useIsLost } from "@/components/shell/states/use-on-its-way";
import { CopyButton } from "@/components/ui/copy-button";

const lookEveryMs = 5_000;
const never = () => () => undefined;

/** Refreshes the page periodically, so that the first call shows up by itself. */
export function useLookForCall(): void {
  const router = useRouter();
  const look = useEffectEvent(() => {
    if (document.visibilityState === "visible" && navigator.onLine) router.refresh();
  });
  useEffect(() => {
    const timer = setInterval(() => look(), lookEveryMs);
    return () => clearInterval(timer);
  }, []);
}

export function Waiting() {
  const isLost = useIsLost();
  return (
    <span className="flex items-center gap-1.5 text-ink-muted text-xs">
      {!isLost && <LoaderCircle aria-hidden className="size-3.5 animate-spin motion-reduce:animate-none" />}
      {isLost ? "Looks again once the connection is back" : "Waiting for a call"}
    </span>
  );
}

/** A command that makes the first call. */
export function FirstCall() {
  const origin = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => "",
  );
  const text = `read -rs LATCHKEY_TOKEN\ncurl -s '${origin}/v1/me' -H "Authorization: Bearer $LATCHKEY_TOKEN"`;
  return (
    <div className="grid gap-1.5">
      <div className="flex items-start gap-2 rounded-md border bg-subtle px-2.5 py-2">
        <code className="min-w-0 flex-1 whitespace-pre-wrap font-mono text-ink text-xs leading-5 [overflow-wrap:anywhere]">
          {text}
        </code>
        <CopyButton value={text} label="Copy command" />
      </div>
      <p className="text-ink-muted text-xs">
        Verifying keys in your own service instead?{" "}
        <Link href="/docs" className="rounded-sm text-accent-ink underline">
          Quickstart for verification
        </Link>
      </p>
    </div>
  );
}
