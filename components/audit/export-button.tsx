"use client";

import { Download } from "lucide-react";
import { useParams } from "next/navigation";
import { Button } from "@/components/ui/button";
import { lazyMenu } from "@/components/ui/lazy/lazy-menu";
import type { AuditFilterTexts } from "@/lib/schemas/audit/audit-log-address";

const ExportMenu = lazyMenu(async () => (await import("./export-menu-items")).ExportMenuItems);

/** Exports all entries that match the filters, not just this page. */
export function ExportButton({ filters }: { filters: AuditFilterTexts }) {
  const { organization } = useParams<{ organization: string }>();
  return (
    <ExportMenu
      path={`/${organization}/settings/audit-log/export`}
      filters={filters}
      button={
        <Button>
          <Download aria-hidden />
          Export
        </Button>
      }
    />
  );
}
