"use client";

import type { KeyboardEvent } from "react";
import { Sheet, SheetContent } from "@/components/ui/overlay/sheet";
import { singleKeysAreOn } from "@/components/ui/single-key";
import { Skeleton } from "@/components/ui/skeleton";
import { TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import type { KeyDetails, KeyRow } from "@/lib/services/keys/read/key-view";
import { KeyActivity } from "../activity/key-activity";
import { PastedTokenBanner } from "../pasted/pasted-token-banner";
import { KeyOverview } from "./key-overview";
import { KeyPermissions } from "./key-permissions";
import { KeySheetActions } from "./key-sheet-actions";
import { KeySheetHead } from "./key-sheet-head";
import { KeySheetTools } from "./key-sheet-tools";
import type { PlaceInList, SheetTab } from "./sheet-place";

type KeyDetailsSheetProps = {
  /** The key's row in the list, shown until the details have loaded. */
  known: KeyRow | null;
  /** Null while loading, and when there is no such key. */
  details: KeyDetails | null;
  loading: boolean;
  /** Null for a key that is not in the list. */
  place: PlaceInList | null;
  tab: SheetTab;
  onTab: (tab: SheetTab) => void;
  /** Called to show another key. */
  onMove: (keyId: string) => void;
  opener: HTMLElement | null;
  onClose: () => void;
};

export function KeyDetailsSheet(props: KeyDetailsSheetProps) {
  const { details, loading, place, onMove, opener, onClose } = props;
  const key = details ?? props.known;
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const to = place !== null && isShortcut(event) ? shortcuts(place)[event.key] : undefined;
    if (to == null) return;
    event.preventDefault();
    onMove(to);
  };
  return (
    <Sheet open onOpenChange={(open) => open || onClose()}>
      <SheetContent
        title="API Key Details"
        tools={<KeySheetTools place={place} onMove={onMove} />}
        returnFocusTo={opener}
        onKeyDown={move}
      >
        {key !== null ? (
          <KeySheetBody apiKey={key} {...props} />
        ) : (
          <div className="min-h-0 flex-1 px-6">
            {loading ? (
              <SheetSkeleton />
            ) : (
              <p className="py-5 text-ink-muted">There is no such API key. It may have been deleted.</p>
            )}
          </div>
        )}
        {key !== null && <KeySheetActions apiKey={key} />}
      </SheetContent>
    </Sheet>
  );
}

/** The head scrolls away and the tabs stick, so that a low window has room for the tab's content. */
function KeySheetBody({ apiKey, details, tab, onTab }: KeyDetailsSheetProps & { apiKey: KeyRow }) {
  return (
    // The key resets the scroll position for another key.
    <div key={apiKey.id} className="min-h-0 flex-1 scroll-pt-12 scroll-pb-4 overflow-y-auto">
      <PastedTokenBanner apiKey={apiKey} />
      <KeySheetHead apiKey={apiKey} />
      <Tabs value={tab} onValueChange={(value) => onTab(value as SheetTab)}>
        <TabList
          label="Details"
          className="sticky top-0 z-10 px-6 max-sm:px-4"
          tabs={[
            { value: "overview", label: "Overview" },
            { value: "permissions", label: "Permissions", count: details?.permissions.length },
            { value: "activity", label: "Activity", count: details?.activityCount },
          ]}
        />
        <div className="px-6 py-4 max-sm:px-4">
          {details === null ? (
            // Renders a panel at once, because the selected tab refers to one.
            <TabPanel value={tab}>
              <SheetSkeleton />
            </TabPanel>
          ) : (
            <>
              <TabPanel value="overview">
                <KeyOverview details={details} />
              </TabPanel>
              <TabPanel value="permissions">
                <KeyPermissions details={details} />
              </TabPanel>
              <TabPanel value="activity">
                <KeyActivity keyId={details.id} latest={details.activity} />
              </TabPanel>
            </>
          )}
        </div>
      </Tabs>
    </div>
  );
}

const shortcuts = ({ previousId, nextId }: PlaceInList): Partial<Record<string, string | null>> => ({
  "[": previousId,
  "]": nextId,
});

/**
 * Ignores key presses while typing or with a modifier. AltGr sets both Ctrl and Alt, and some keyboards need it for
 * brackets.
 */
function isShortcut({ target, currentTarget, ctrlKey, altKey, metaKey, defaultPrevented }: KeyboardEvent) {
  if (defaultPrevented || metaKey || ctrlKey !== altKey) return false;
  if (!singleKeysAreOn()) return false;
  // React also bubbles events from a dialog over the sheet.
  if (!(target instanceof HTMLElement) || !currentTarget.contains(target)) return false;
  return !target.matches("input:not([type=radio]), textarea, select, [contenteditable]");
}

/** Fades in late, so that fast responses do not flicker. */
function SheetSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="grid animate-late-fade-in gap-6 py-1">
      <div className="grid gap-3">
        <Skeleton className="h-5 w-16" />
        <Skeleton className="h-36 w-full" />
      </div>
      {["access", "limits"].map((section) => (
        <div key={section} className="grid gap-3">
          <Skeleton className="h-3 w-16" />
          {["one", "two", "three"].map((line) => (
            <Skeleton key={line} className="h-4 w-full max-w-80" />
          ))}
        </div>
      ))}
    </div>
  );
}
