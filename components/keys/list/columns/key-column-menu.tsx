"use client";

import { Columns3 } from "lucide-react";
import { createParser, useQueryState } from "nuqs";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { lazyMenu } from "@/components/ui/lazy/lazy-menu";
import {
  type KeyDensity,
  keyColumnsCookie,
  keyDensityCookie,
  type OptionalKeyColumn,
  optionalKeyColumns,
  readKeyColumns,
} from "@/lib/core/keys/key-list-settings";
import { keysColumns } from "../keys-columns";
import type { KeyColumnMenuProps } from "./key-column-items";

const parser = createParser({
  parse: readKeyColumns,
  serialize: (columns: readonly OptionalKeyColumn[]) => columns.join(","),
}).withOptions({ shallow: true, history: "replace" });

const yearSeconds = 365 * 24 * 60 * 60;

/** This browser's last choices for the table, which the server read from its cookies. */
export type RememberedKeyTable = {
  readonly columns: readonly OptionalKeyColumn[];
  readonly density: KeyDensity;
};

/**
 * The columns that the table shows, and the height of its rows. The columns are in the URL, so that a link shows the
 * sender's; without them, the table shows this browser's last choice.
 */
export function useKeyTable(remembered: RememberedKeyTable) {
  const [density, setDensity] = useState(remembered.density);
  const [inUrl, setColumns] = useQueryState("columns", parser);
  const added = inUrl ?? remembered.columns;
  // Memoized by name: every page load brings a new array, and new columns would remount their cells and lose the focus.
  const names = added.join(",");
  const columns = useMemo(() => {
    const shown: readonly string[] = names.split(",");
    const hidden: readonly string[] = optionalKeyColumns.filter((column) => !shown.includes(column));
    return keysColumns.filter(({ id }) => !hidden.includes(id));
  }, [names]);
  const choose = (column: OptionalKeyColumn, isShown: boolean) => {
    const next = optionalKeyColumns.filter((id) => (id === column ? isShown : added.includes(id)));
    remember(keyColumnsCookie, next.join(","));
    void setColumns(next);
  };
  const chooseDensity = (next: KeyDensity) => {
    remember(keyDensityCookie, next);
    setDensity(next);
  };
  return { columns, menu: { added, choose, density, chooseDensity } };
}

function remember(cookie: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing without TLS
  document.cookie = `${cookie}=${encodeURIComponent(value)}; path=/; max-age=${yearSeconds}; samesite=lax`;
}

const Menu = lazyMenu(async () => (await import("./key-column-items")).KeyColumnItems);

/** The menu for the table's columns and row height. */
export function KeyColumnMenu(props: KeyColumnMenuProps) {
  const button = (
    <Button variant="ghost" className="max-md:hidden max-lg:size-8 max-lg:px-0!">
      <Columns3 aria-hidden />
      <span className="max-lg:sr-only">Columns</span>
    </Button>
  );
  return <Menu button={button} {...props} />;
}
