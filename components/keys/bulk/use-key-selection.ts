"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo, useState } from "react";
import { useRowSelection } from "@/components/data-table/use-row-selection";

/** URL parameters that do not change which keys match. */
const notFilters = ["page", "pageSize", "sort", "direction", "key"];

/** The selected keys: those ticked on any page, or all that match the filters. Changing the filters ends "all". */
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

  // Phones show the checkboxes only in selection mode.
  const [isSelecting, setSelecting] = useState(false);

  const clear = useCallback(() => {
    setSelecting(false);
    setAllOf(null);
    clearTicked();
  }, [clearTicked]);
  const toggle = useCallback(
    (id: string, isRange: boolean) => {
      // Clearing one box ends "all": this page's other rows stay ticked.
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
