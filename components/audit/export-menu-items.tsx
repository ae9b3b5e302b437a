"use client";

import { MenuContent, MenuItem } from "@/components/ui/overlay/menu";
import type { AuditFilterTexts } from "@/lib/schemas/audit/audit-log-address";

const formats = [
  { format: "csv", text: "CSV" },
  { format: "jsonl", text: "JSON Lines" },
];

export function ExportMenuItems({ path, filters }: { path: string; filters: AuditFilterTexts }) {
  return (
    <MenuContent>
      {formats.map(({ format, text }) => (
        <MenuItem key={format} asChild>
          <a href={`${path}?${new URLSearchParams({ ...filters, format })}`} download>
            {text}
          </a>
        </MenuItem>
      ))}
    </MenuContent>
  );
}
