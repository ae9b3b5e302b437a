import type { RefObject } from "react";
import type { KeyListInput } from "@/lib/schemas/key-list";
import type { KeyPage } from "@/lib/services/keys/read/key-view";
import type { KeyListFilters } from "../list/use-key-list-state";

export type FilterPanelProps = {
  by: KeyListFilters;
  /** The list that is shown. */
  list: KeyListInput;
  counts: KeyPage["counts"];
  /** "11 keys". */
  found: string;
  /** On a person's own page. */
  own: boolean;
  anchor: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
};
