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

/** How this browser last chose to see the table, as the server read it. */
export type RememberedKeyTable = {
  readonly columns: readonly OptionalKeyColumn[];
  readonly density: KeyDensity;
};

/**
 * The columns that the table shows, and the height of its rows. The choice is in the URL, so that a link shows the sender's columns; a URL without
 * one shows what this browser chose last.
 */
export function useKeyTable(remembered: RememberedKeyTable) {
  const [density, setDensity] = useState(remembered.density);
  const [inUrl, setColumns] = useQueryState("columns", parser);
  const added = inUrl ?? remembered.columns;
  // Each reading of the page brings a new array. Columns that change render their cells anew, which lose the focus.
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

/** Adds columns to the table, and sets the height of its rows. */
export function KeyColumnMenu(props: KeyColumnMenuProps) {
  const button = (
    <Button variant="ghost" className="max-md:hidden max-lg:size-8 max-lg:px-0!">
      <Columns3 aria-hidden />
      <span className="max-lg:sr-only">Columns</span>
    </Button>
  );
  return <Menu button={button} {...props} />;
}
