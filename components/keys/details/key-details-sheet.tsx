"use client";

import { DialogButton, type DialogProps } from "@/components/list/dialog-host";
import { Sheet, SheetContent } from "@/components/ui/overlay/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { hasEnded } from "@/lib/core/keys/key-status";
import type { KeyDetails } from "@/lib/services/keys/read/key-view";
import { GenerateKeyDialog, KeyDialog } from "../list/key-dialogs";
import { KeyDetailsContent } from "./key-details-content";

type KeyDetailsSheetProps = {
  /** Null while loading, and when there is no such key. */
  details: KeyDetails | null;
  loading: boolean;
  opener: HTMLElement | null;
  onClose: () => void;
};

export function KeyDetailsSheet({ details, loading, opener, onClose }: KeyDetailsSheetProps) {
  return (
    <Sheet open onOpenChange={(open) => open || onClose()}>
      <SheetContent title="API Key Details" returnFocusTo={opener}>
        <div className="min-h-0 flex-1 overflow-y-auto">
          {details !== null ? (
            <KeyDetailsContent details={details} />
          ) : loading ? (
            <DetailsSkeleton />
          ) : (
            <p className="p-5 text-ink-muted">There is no such API key. It may have been deleted.</p>
          )}
        </div>
        {details !== null && <SheetActions details={details} />}
      </SheetContent>
    </Sheet>
  );
}

function SheetActions({ details }: { details: KeyDetails }) {
  const { allowed } = details;
  const dialog = (name: "edit" | "roll" | "pause" | "resume" | "revoke") => (props: DialogProps) => (
    <KeyDialog name={name} apiKey={details} {...props} />
  );
  return (
    <div className="flex gap-2 border-t px-5 py-3 max-sm:[&>button]:flex-1">
      <DialogButton disabled={!allowed.update} dialog={dialog("edit")}>
        Edit
      </DialogButton>
      <DialogButton disabled={!allowed.roll} dialog={dialog("roll")}>
        Roll
      </DialogButton>
      {hasEnded(details.status) ? (
        <DialogButton
          disabled={!allowed.duplicate}
          dialog={(props) => <GenerateKeyDialog from={details} {...props} />}
        >
          Duplicate
        </DialogButton>
      ) : details.status === "paused" ? (
        <DialogButton disabled={!allowed.resume} dialog={dialog("resume")}>
          Resume
        </DialogButton>
      ) : (
        <DialogButton disabled={!allowed.pause} dialog={dialog("pause")}>
          Pause
        </DialogButton>
      )}
      <DialogButton
        variant="danger"
        className="sm:ml-auto"
        disabled={!allowed.revoke}
        dialog={dialog("revoke")}
      >
        Revoke
      </DialogButton>
    </div>
  );
}

/** Matches the content's height section by section, so nothing jumps. */
function DetailsSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="grid divide-y">
      <div className="grid gap-3 p-5">
        <Skeleton className="h-5 w-48" />
        <Skeleton className="h-4 w-20" />
      </div>
      {["key", "life", "use"].map((section) => (
        <div key={section} className="grid gap-3 p-5">
          <Skeleton className="h-3 w-12" />
          {["one", "two", "three", "four"].map((line) => (
            <Skeleton key={line} className="h-4 w-full max-w-80" />
          ))}
        </div>
      ))}
    </div>
  );
}
