"use client";

import type { ReactNode } from "react";
import { NowProvider } from "@/components/ui/time/now-provider";
import { DialogHost } from "./dialog-host";

/** Wraps a page with a list: provides the server's clock and the host for its dialogs. */
export function ListPage({ serverNow, children }: { serverNow: Date; children: ReactNode }) {
  return (
    <NowProvider serverNow={serverNow}>
      <DialogHost>{children}</DialogHost>
    </NowProvider>
  );
}
