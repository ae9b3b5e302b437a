"use client";

import { useId, useState } from "react";
import type { DialogProps } from "@/components/list/dialog-host";
import { Dialog, DialogBody, DialogContent } from "@/components/ui/overlay/dialog";
import { singleKeysAreOn, turnSingleKeys } from "@/components/ui/single-key";
import { Keys } from "./keys";
import { type Shortcut, shortcutGroups } from "./shortcut-list";

/** All shortcuts, and a switch for single-key shortcuts. */
export function ShortcutsDialog({ opener, onClose }: DialogProps) {
  const [on, setOn] = useState(singleKeysAreOn);
  const hint = useId();
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent title="Keyboard shortcuts" returnFocusTo={opener} width={640}>
        <DialogBody>
          <label className="flex items-start gap-2.5 pb-4">
            <input
              type="checkbox"
              checked={on}
              aria-describedby={hint}
              onChange={({ target }) => {
                setOn(target.checked);
                turnSingleKeys(target.checked);
              }}
              className="select-box mt-0.5 size-4 shrink-0 appearance-none rounded border border-line-strong bg-surface checked:border-accent checked:bg-accent forced-colors:appearance-auto"
            />
            <span className="grid gap-0.5">
              Single-key shortcuts
              <span id={hint} className="text-ink-muted text-xs">
                They are off while you type in a field. This browser remembers your choice.
              </span>
            </span>
          </label>
          <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
            {shortcutGroups.map(({ heading, shortcuts }) => (
              <section key={heading} aria-label={heading}>
                <h3 className="pb-1 font-medium text-ink-faint text-xs">{heading}</h3>
                <dl className="grid">
                  {shortcuts.map((shortcut) => (
                    <Line key={shortcut.does} shortcut={shortcut} off={!on && !shortcut.always} />
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}

function Line({ shortcut: { keys, does }, off }: { shortcut: Shortcut; off: boolean }) {
  return (
    <div className="flex min-h-8 flex-row-reverse items-center justify-between gap-4 text-[0.8125rem]">
      <dt className="flex shrink-0 items-center gap-1">
        {keys.map((pressed, index) => (
          <span key={pressed.join()} className="flex items-center gap-1">
            {index > 0 && <span className="text-ink-faint text-xs">or</span>}
            {pressed.map((key) => (
              <Keys key={key} spoken>
                {key}
              </Keys>
            ))}
          </span>
        ))}
      </dt>
      <dd className={off ? "text-ink-faint line-through" : "text-ink"}>
        {does}
        {off && <span className="sr-only">, off</span>}
      </dd>
    </div>
  );
}
