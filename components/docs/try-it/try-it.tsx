"use client";

import { useEffect, useRef, useState } from "react";
import { lazyDialog } from "@/components/ui/lazy/lazy-dialog";
import type { TryItCall } from "./try-it-call";

const TryItForm = lazyDialog(async () => (await import("./try-it-form")).TryItForm);
const loading = <p className="text-ink-muted text-sm">Loading …</p>;

/** Opens the form that sends a call. Its code is loaded when somebody opens it. */
export function TryIt({ call }: { call: TryItCall }) {
  const details = useRef<HTMLDetailsElement>(null);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    // The reader may have opened it before hydration.
    if (details.current?.open) setOpened(true);
  }, []);
  return (
    <details ref={details} onToggle={() => setOpened(true)} className="min-w-0 rounded-md border bg-surface">
      <summary className="chevron-summary cursor-pointer rounded-md px-3 py-2 font-medium text-ink text-sm hover:bg-subtle">
        Try it<span className="sr-only">: {call.summary}</span>
      </summary>
      <div className="border-t p-3">{opened ? <TryItForm call={call} instead={loading} /> : loading}</div>
    </details>
  );
}
