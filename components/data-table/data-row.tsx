import { FlexRender, type Row, type RowData } from "@tanstack/react-table";
import { memo, type ReactNode } from "react";
import { bodyCellStyle, type Column, rowStyle, selectColumn } from "./column";
import { SelectBox } from "./select-box";
import type { features } from "./table-features";

type DataRowProps<Data extends RowData> = {
  row: Row<typeof features, Data>;
  columns: readonly Column<Data, string>[];
  wide: boolean;
  isSelected: boolean;
  /** Undefined in a table without checkboxes. */
  toggle: ((id: string, isRange: boolean) => void) | undefined;
  selectLabel: string | undefined;
};

/** Memoized, so that ticking a checkbox does not render a hundred rows again. */
export const DataRow = memo(function DataRow<Data extends RowData>(props: DataRowProps<Data>) {
  const { row, columns, wide, isSelected, toggle, selectLabel } = props;
  return (
    <tr className={rowStyle} data-selected={isSelected ? "" : undefined}>
      {toggle !== undefined && selectLabel !== undefined && (
        <td className={bodyCellStyle(selectColumn, wide)}>
          <SelectBox
            label={selectLabel}
            checked={isSelected}
            onToggle={(isRange) => toggle(row.id, isRange)}
          />
        </td>
      )}
      {row.getAllCells().map((cell, index) => {
        const column = columns[index];
        return column === undefined ? null : (
          <td key={cell.id} className={bodyCellStyle(column, wide)}>
            <FlexRender cell={cell} />
          </td>
        );
      })}
    </tr>
  );
}) as <Data extends RowData>(props: DataRowProps<Data>) => ReactNode;
