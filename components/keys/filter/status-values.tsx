import { useEffect } from "react";
import type { KeyListStatus } from "@/lib/core/keys/key-list-settings";
import { filterWords } from "../key-words";
import type { FilterPanelProps } from "./filter-panel-props";
import { moveBetweenValues, ValueOption } from "./value-option";

const statuses: readonly KeyListStatus[] = ["active", "rolling", "paused", "revoked", "expired", "all"];

type StatusValuesProps = FilterPanelProps & { onText: (text: string) => void };

/** The statuses as radio buttons, since a list has a single status. */
export function StatusValues({ by, counts, onText }: StatusValuesProps) {
  useEffect(() => onText(`status:${by.status}`), [by.status, onText]);
  return (
    <div role="radiogroup" aria-label="Status" onKeyDown={moveBetweenValues} className="grid">
      {statuses.map((status) => (
        <ValueOption
          key={status}
          type="radio"
          checked={by.status === status}
          keys={counts[status]}
          onChange={(checked) => checked && by.set(by.filters, status)}
        >
          {filterWords[status]}
        </ValueOption>
      ))}
    </div>
  );
}
