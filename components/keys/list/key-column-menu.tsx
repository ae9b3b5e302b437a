"use client";

import { Columns3 } from "lucide-react";
import { createParser, useQueryState } from "nuqs";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "@/components/ui/overlay/dropdown-menu";
import {
  keyColumnsCookie,
  type OptionalKeyColumn,
  optionalKeyColumns,
  readKeyColumns,
} from "@/lib/core/keys/key-list-settings";
import { keysColumns } from "./keys-columns";

const parser = createParser({
  parse: readKeyColumns,
  serialize: (columns: readonly OptionalKeyColumn[]) => columns.join(","),
}).withOptions({ shallow: true, history: "replace" });

const yearSeconds = 365 * 24 * 60 * 60;

/**
 * The columns that the table shows. The choice is in the URL, so that a link shows the sender's columns; a URL without
 * one shows what this browser chose last.
 *
 * @param remembered that last choice, as the server read it
 */
export function useKeyColumns(remembered: readonly OptionalKeyColumn[]) {
  const [inUrl, setColumns] = useQueryState("columns", parser);
  const added = inUrl ?? remembered;
  // Each reading of the page brings a new array. Columns that change render their cells anew, which lose the focus.
  const names = added.join(",");
  const columns = useMemo(() => {
    const shown: readonly string[] = names.split(",");
    const hidden: readonly string[] = optionalKeyColumns.filter((column) => !shown.includes(column));
    return keysColumns.filter(({ id }) => !hidden.includes(id));
  }, [names]);
  const choose = (column: OptionalKeyColumn, isShown: boolean) => {
    const next = optionalKeyColumns.filter((id) => (id === column ? isShown : added.includes(id)));
    const value = encodeURIComponent(next.join(","));
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing without TLS
    document.cookie = `${keyColumnsCookie}=${value}; path=/; max-age=${yearSeconds}; samesite=lax`;
    void setColumns(next);
  };
  return { columns, added, choose };
}

type KeyColumnMenuProps = Pick<ReturnType<typeof useKeyColumns>, "added" | "choose">;

/** Adds columns to the table. Stays open, so that several can be chosen. */
export function KeyColumnMenu({ added, choose }: KeyColumnMenuProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" className="max-sm:size-10 max-sm:px-0">
          <Columns3 aria-hidden />
          <span className="max-sm:sr-only">Columns</span>
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuLabel>Add columns</DropdownMenuLabel>
        {optionalKeyColumns.map((column) => (
          <DropdownMenuCheckboxItem
            key={column}
            checked={added.includes(column)}
            onCheckedChange={(isShown) => choose(column, isShown)}
            onSelect={(event) => event.preventDefault()}
          >
            {keysColumns.find(({ id }) => id === column)?.title}
          </DropdownMenuCheckboxItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
