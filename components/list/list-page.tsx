"use client";

import type { ReactNode } from "react";
import { NowProvider } from "@/components/ui/time/now-provider";
import { DialogHost } from "./dialog-host";

/** What a page with a list needs around it: the server's clock and a place for its dialogs. */
export function ListPage({ serverNow, children }: { serverNow: Date; children: ReactNode }) {
  return (
    <NowProvider serverNow={serverNow}>
      <DialogHost>{children}</DialogHost>
    </NowProvider>
  );
}
