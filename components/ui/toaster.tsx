"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

/** Once, at the root. What is said goes through `toast` of sonner, and holds no token ever. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      gap={8}
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-accent-ink" />,
        error: <CircleAlert aria-hidden className="size-4 text-danger-ink" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-(--width) items-start font-sans gap-2.5 rounded-lg bg-surface px-4 py-3 text-sm text-ink shadow-popover [overflow-wrap:anywhere]",
          icon: "mt-0.5 shrink-0",
          description: "text-ink-muted",
        },
      }}
    />
  );
}
