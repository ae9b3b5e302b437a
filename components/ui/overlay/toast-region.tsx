"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { useTheme } from "next-themes";
import { useEffect, useSyncExternalStore } from "react";
import { Toaster as Sonner, toast as show } from "sonner";
import { toastQueue } from "./toast";

const none: ReturnType<typeof toastQueue.waiting> = [];

/** Long enough to read two sentences and to reach the link. */
const withLinkMs = 12_000;

function showNotice({ kind, text, link }: ReturnType<typeof toastQueue.take>[number]) {
  if (link === null) return show[kind](text);
  const action = (
    <a href={link.href} className="shrink-0 rounded text-accent-ink underline underline-offset-2">
      {link.text}
    </a>
  );
  return show[kind](text, { action, duration: withLinkMs });
}

export function ToastRegion() {
  const { resolvedTheme } = useTheme();
  const waiting = useSyncExternalStore(toastQueue.subscribe, toastQueue.waiting, () => none);
  // Runs after the effects of Sonner below, which subscribe it to new toasts.
  useEffect(() => {
    if (waiting.length > 0) for (const notice of toastQueue.take()) showNotice(notice);
  }, [waiting]);
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      gap={8}
      // Keep toasts clear of the buttons at the bottom of a sheet; on a phone, also of the line below them.
      offset={{ bottom: 72, right: 24 }}
      mobileOffset={{ bottom: 104 }}
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-accent-ink" />,
        error: <CircleAlert aria-hidden className="size-4 text-danger-ink" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-(--width) items-start gap-2.5 rounded-lg bg-surface px-4 py-3 font-sans text-sm text-ink shadow-popover [overflow-wrap:anywhere]",
          icon: "mt-0.5 shrink-0",
          content: "min-w-0 flex-1",
        },
      }}
    />
  );
}
