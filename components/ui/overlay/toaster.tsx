"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";
import { toastQueue } from "./toast";

const ToastRegion = lazy(async () => ({ default: (await import("./toast-region")).ToastRegion }));

/** Rendered once, at the root. Loads the toast library with the first toast: most visits show none. */
export function Toaster() {
  const wanted = useSyncExternalStore(toastQueue.subscribe, toastQueue.anyYet, () => false);
  return <Suspense fallback={null}>{wanted && <ToastRegion />}</Suspense>;
}
