"use client";

import { useSyncExternalStore } from "react";
import { Button } from "../button";
import { lazyCode, useLazyCode } from "../lazy/lazy-code";
import { toastQueue } from "./toast";

const region = lazyCode(async () => (await import("./toast-region")).ToastRegion);

/** Rendered once, at the root. Loads the toast library with the first toast: most visits show none. */
export function Toaster() {
  const wanted = useSyncExternalStore(toastQueue.subscribe, toastQueue.anyYet, () => false);
  const { code: ToastRegion, failed, retry } = useLazyCode(region, wanted);
  if (failed) return <PlainToasts onRead={retry} />;
  return wanted && ToastRegion !== null && <ToastRegion />;
}

/** Shows the messages without the toast library if its code failed to load. They stay until dismissed. */
function PlainToasts({ onRead }: { onRead: () => void }) {
  const waiting = useSyncExternalStore(toastQueue.subscribe, toastQueue.waiting, toastQueue.waiting);
  if (waiting.length === 0) return null;
  return (
    <section
      aria-label="Notifications"
      className="fixed right-2 bottom-2 left-2 z-50 ml-auto grid w-fit max-w-90 gap-2 rounded-lg bg-surface px-4 py-3 text-ink text-sm shadow-popover"
    >
      <p role="status" className="whitespace-pre-line [overflow-wrap:anywhere]">
        {waiting.map(({ text }) => text).join("\n")}
      </p>
      <Button
        size="small"
        className="justify-self-end"
        onClick={() => {
          toastQueue.take();
          onRead();
        }}
      >
        Close
      </Button>
    </section>
  );
}
