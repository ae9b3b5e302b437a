"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo, useState } from "react";
import { useRowSelection } from "@/components/data-table/use-row-selection";

/** What the address says besides which keys are listed. */
const notFilters = ["page", "pageSize", "sort", "direction", "key"];

/**
 * The keys that somebody selected: ticked ones, on any page, or all that match the filters. The filters are those of
 * that moment: with others, no longer all are selected.
 */
export function useKeySelection<Row extends { readonly id: string }>(rows: readonly Row[]) {
  const { ids: ticked, toggle: tick, togglePage: tickPage, clear: clearTicked } = useRowSelection(rows);
  const parameters = useSearchParams();
  const address = useMemo(() => {
    const filters = new URLSearchParams(parameters);
    for (const name of notFilters) filters.delete(name);
    return filters.toString();
  }, [parameters]);
  const [allOf, setAllOf] = useState<string | null>(null);
  const isAll = allOf === address;
  const ids = useMemo<ReadonlySet<string>>(
    () => (isAll ? new Set([...ticked, ...rows.map(({ id }) => id)]) : ticked),
    [isAll, ticked, rows],
  );

  // Phones show the checkboxes on request.
  const [isSelecting, setSelecting] = useState(false);

  const clear = useCallback(() => {
    setSelecting(false);
    setAllOf(null);
    clearTicked();
  }, [clearTicked]);
  const toggle = useCallback(
    (id: string, isRange: boolean) => {
      // Of all, the page's rows stay, but for the one whose box was cleared.
      if (isAll && !rows.every((row) => ticked.has(row.id))) tickPage();
      setAllOf(null);
      tick(id, isRange);
    },
    [isAll, rows, ticked, tick, tickPage],
  );
  const togglePage = useCallback(() => (isAll ? clear() : tickPage()), [isAll, clear, tickPage]);
  const selectAll = useCallback(() => setAllOf(address), [address]);
  const toggleSelecting = () => (isSelecting ? clear() : setSelecting(true));
  return { ids, address, isAll, isSelecting, toggleSelecting, toggle, togglePage, selectAll, clear };
}
