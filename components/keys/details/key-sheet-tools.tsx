"use client";

import { ChevronDown, ChevronUp, Link } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import type { PlaceInList } from "./sheet-place";

type KeySheetToolsProps = { place: PlaceInList | null; onMove: (keyId: string) => void };

const size = "max-sm:size-11";

/** The sheet's bar: the key's position in the list, buttons for the previous and next key, and a link to this one. */
export function KeySheetTools({ place, onMove }: KeySheetToolsProps) {
  return (
    <>
      {place !== null && (
        <>
          <span className="mr-1 whitespace-nowrap text-[0.8125rem] text-ink-muted tabular-nums">
            {place.text}
          </span>
          <MoveButton name="Previous key" keys="[" to={place.previousId} onMove={onMove}>
            <ChevronUp aria-hidden />
          </MoveButton>
          <MoveButton name="Next key" keys="]" to={place.nextId} onMove={onMove}>
            <ChevronDown aria-hidden />
          </MoveButton>
          <span aria-hidden className="mx-1 h-5 border-l max-sm:hidden" />
        </>
      )}
      <CopyButton value={() => location.href} label="Copy link" icon={Link} className={size} />
    </>
  );
}

type MoveButtonProps = {
  name: string;
  keys: string;
  to: string | null;
  onMove: (keyId: string) => void;
  children: React.ReactNode;
};

/** Stays focusable at the end of the list, so that the focus is not lost. */
function MoveButton({ name, keys, to, onMove, children }: MoveButtonProps) {
  return (
    <Button
      variant="ghost"
      size="icon-small"
      aria-label={name}
      aria-keyshortcuts={keys}
      title={to === null ? undefined : `${name} (${keys})`}
      disabledBecause={to === null ? "There are no more on this page." : undefined}
      className={size}
      onClick={() => to !== null && onMove(to)}
    >
      {children}
    </Button>
  );
}
