"use client";

import { useEffect, useRef } from "react";
import { FailureAlert } from "@/components/forms/failure-alert";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";
import { DialogBody, DialogFooter, DialogNotice } from "@/components/ui/overlay/dialog";
import type { BulkVerb } from "@/lib/core/keys/bulk/bulk-change";
import { doneText, endText, progressText, type RunResult, skipWords } from "./bulk-words";
import type { useBulkRun } from "./use-bulk-run";

type BulkProgressProps = { verb: BulkVerb; run: ReturnType<typeof useBulkRun>; onClose: () => void };

const namesShown = 100;

/** The progress of the run and, at its end, its result with each key that was left alone. */
export function BulkProgress({ verb, run, onClose }: BulkProgressProps) {
  const { state, result, failed, goOn, stop } = run;
  const { total, seen, skipped } = result;
  const button = useRef<HTMLButtonElement>(null);
  // Each state has its own buttons, and the one that had the focus is gone.
  useEffect(() => {
    if (state !== "asked") button.current?.focus();
  }, [state]);
  const isRunning = state === "running";
  return (
    <>
      <DialogBody className="grid content-start gap-4">
        <div className="grid gap-2">
          <p className="font-medium text-ink text-sm tabular-nums">
            {isRunning ? progressText(verb, seen, total) : doneText(verb, result)}
          </p>
          <progress
            aria-label={progressText(verb, seen, total)}
            value={seen}
            max={Math.max(1, total)}
            className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-subtle-strong [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-subtle-strong [&::-webkit-progress-value]:bg-accent"
          />
        </div>
        {state === "stopped" && (
          <Alert tone="notice" heading={`Stopped: ${countOf(total - seen, "key")} left`}>
            What is done stays done. Continue with the rest, or close.
          </Alert>
        )}
        {skipped.length > 0 && !isRunning && <LeftAlone skipped={skipped} />}
      </DialogBody>
      <DialogNotice>
        <FailureAlert failed={failed} />
      </DialogNotice>
      {/* Announces only the start and the end: a step is over before its announcement would be. */}
      <p role="status" className="sr-only">
        {isRunning ? `${progressText(verb, 0, total)}` : stateText(verb, result, state === "stopped")}
      </p>
      <DialogFooter>
        {isRunning && (
          <Button ref={button} onClick={stop}>
            Stop
          </Button>
        )}
        {state === "stopped" && (
          <>
            <Button onClick={onClose}>Close</Button>
            <Button ref={button} variant="primary" onClick={goOn}>
              Continue
            </Button>
          </>
        )}
        {state === "done" && (
          <Button ref={button} variant="primary" onClick={onClose}>
            Done
          </Button>
        )}
      </DialogFooter>
    </>
  );
}

function stateText(verb: BulkVerb, result: RunResult, isStopped: boolean): string {
  const left = countOf(result.total - result.seen, "key");
  return `${endText(verb, result)}${isStopped ? `. Stopped with ${left} left` : ""}`;
}

function LeftAlone({ skipped }: { skipped: BulkProgressProps["run"]["result"]["skipped"] }) {
  return (
    <div className="grid gap-1.5">
      <h3 className="font-medium text-ink text-sm">{countOf(skipped.length, "key")} left alone</h3>
      <ul aria-label="Left alone" className="grid max-h-64 divide-y overflow-y-auto rounded-md border">
        {skipped.slice(0, namesShown).map(({ id, name, reason }) => (
          <li key={id} className="grid gap-0.5 px-3 py-2 text-[0.8125rem]">
            <span dir="auto" className="truncate text-ink">
              {name || `key_${id}`}
            </span>
            <span className="text-ink-muted text-xs">{sentence(skipWords[reason])}</span>
          </li>
        ))}
      </ul>
      {skipped.length > namesShown && (
        <p className="text-ink-muted text-xs">And {grouped(skipped.length - namesShown)} more.</p>
      )}
    </div>
  );
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
