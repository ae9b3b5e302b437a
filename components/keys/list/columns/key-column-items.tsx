"use client";

import {
  MenuCheckboxItem,
  MenuContent,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
} from "@/components/ui/overlay/menu";
import {
  type KeyDensity,
  keyDensities,
  type OptionalKeyColumn,
  optionalKeyColumns,
} from "@/lib/core/keys/key-list-settings";
import { keysColumns } from "../keys-columns";

export type KeyColumnMenuProps = {
  added: readonly OptionalKeyColumn[];
  choose: (column: OptionalKeyColumn, isShown: boolean) => void;
  density: KeyDensity;
  chooseDensity: (density: KeyDensity) => void;
};

const densityWords: Record<KeyDensity, string> = { comfortable: "Comfortable", compact: "Compact" };

/** The menu stays open, so that several columns can be chosen. */
export function KeyColumnItems({ added, choose, density, chooseDensity }: KeyColumnMenuProps) {
  return (
    <MenuContent>
      <MenuLabel>Add columns</MenuLabel>
      {optionalKeyColumns.map((column) => (
        <MenuCheckboxItem
          key={column}
          checked={added.includes(column)}
          onCheckedChange={(isShown) => choose(column, isShown)}
          onSelect={(event) => event.preventDefault()}
        >
          {keysColumns.find(({ id }) => id === column)?.title}
        </MenuCheckboxItem>
      ))}
      <MenuSeparator />
      <MenuLabel>Rows</MenuLabel>
      <MenuRadioGroup aria-label="Rows" value={density}>
        {keyDensities.map((each) => (
          <MenuRadioItem
            key={each}
            value={each}
            onSelect={(event) => {
              event.preventDefault();
              chooseDensity(each);
            }}
          >
            {densityWords[each]}
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
    </MenuContent>
  );
}
