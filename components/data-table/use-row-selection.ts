"use client";

import { useCallback, useMemo, useRef, useState } from "react";

/** What a table with checkboxes needs to know. */
export type TableSelection<Row> = {
  /** The ids of the selected rows, on this page and others. */
  readonly ids: ReadonlySet<string>;
  /** @param isRange whether to toggle all rows since the last one toggled (Shift) */
  readonly toggle: (id: string, isRange: boolean) => void;
  /** Selects all rows of this page, or none if all are selected. */
  readonly togglePage: () => void;
  /** The rows' noun, for "Select all keys on this page". */
  readonly what: string;
  readonly nameOf: (row: Row) => string;
};

type Selected<Row> = ReadonlyMap<string, Row>;

/**
 * The selected rows. They stay selected on other pages and with other filters until they are cleared.
 *
 * @param rows the rows of this page
 */
export function useRowSelection<Row extends { readonly id: string }>(rows: readonly Row[]) {
  const [chosen, setChosen] = useState<Selected<Row>>(new Map());
  // Where a range begins. A ref, since it is not rendered.
  const anchor = useRef<string | null>(null);
  // Rows on this page are newer than the copies kept when they were selected.
  const selected = useMemo<Selected<Row>>(() => {
    const newer = rows.filter(({ id }) => chosen.has(id));
    return newer.length === 0 ? chosen : new Map([...chosen, ...newer.map((row) => [row.id, row] as const)]);
  }, [chosen, rows]);
  const ids = useMemo<ReadonlySet<string>>(() => new Set(chosen.keys()), [chosen]);

  const toggle = useCallback(
    (id: string, isRange: boolean) => {
      const from = isRange ? anchor.current : null;
      anchor.current = id;
      setChosen((before) => withRows(before, between(rows, from ?? id, id), !before.has(id)));
    },
    [rows],
  );
  const togglePage = useCallback(() => {
    setChosen((before) => withRows(before, rows, !rows.every(({ id }) => before.has(id))));
  }, [rows]);
  const clear = useCallback(() => {
    anchor.current = null;
    setChosen(new Map());
  }, []);
  return { selected, ids, toggle, togglePage, clear };
}

function withRows<Row extends { readonly id: string }>(
  before: Selected<Row>,
  rows: readonly Row[],
  isSelected: boolean,
): Selected<Row> {
  const next = new Map(before);
  for (const row of rows) {
    if (isSelected) next.set(row.id, row);
    else next.delete(row.id);
  }
  return next;
}

/** The rows from one to another, in either direction. Only the second if the first is not on this page. */
function between<Row extends { readonly id: string }>(rows: readonly Row[], from: string, to: string) {
  const places = [from, to].map((id) => rows.findIndex((row) => row.id === id));
  const start = places.includes(-1) ? places[1] : Math.min(...places);
  return rows.slice(start, Math.max(...places) + 1);
}
