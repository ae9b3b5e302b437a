"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { toastQueue } from "./toast";

const ToastRegion = dynamic(() => import("./toast-region").then((module) => module.ToastRegion));

/** Once, at the root. Loads what shows toasts with the first of them: most visits to a page see none. */
export function Toaster() {
  const wanted = useSyncExternalStore(toastQueue.subscribe, toastQueue.anyYet, () => false);
  return wanted && <ToastRegion />;
}
