"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";
import { toastQueue } from "./toast";

const ToastRegion = lazy(async () => ({ default: (await import("./toast-region")).ToastRegion }));

/** Once, at the root. Loads what shows toasts with the first of them: most visits to a page see none. */
export function Toaster() {
  const wanted = useSyncExternalStore(toastQueue.subscribe, toastQueue.anyYet, () => false);
  return <Suspense fallback={null}>{wanted && <ToastRegion />}</Suspense>;
}
