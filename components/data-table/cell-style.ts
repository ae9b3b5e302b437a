import { classNames } from "@/components/ui/class-names";

type Layout = { readonly sticky?: "start" | "end" } | undefined;

/** Borders belong to the cells. Sticky cells are opaque so that others do not show through. */
function stickyStyle(layout: Layout): string {
  if (layout?.sticky === "start") return "sticky left-0 z-10 border-r";
  if (layout?.sticky === "end") return "sticky right-0 z-10 border-l";
  return "";
}

export function headerCellStyle(layout: Layout): string {
  return classNames(
    "h-9 whitespace-nowrap border-b bg-canvas text-left font-medium text-ink-muted text-xs",
    stickyStyle(layout),
    layout?.sticky === "end" ? "px-0" : "px-3",
  );
}

export function bodyCellStyle(layout: Layout): string {
  return classNames(
    "h-11 whitespace-nowrap border-b bg-surface transition-colors group-last/row:border-b-0 group-hover/row:bg-subtle max-sm:h-12",
    stickyStyle(layout),
    layout?.sticky === "end" ? "px-0 text-center" : "px-3",
  );
}
