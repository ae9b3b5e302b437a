import type { ReactNode } from "react";
import type { Column } from "@/components/data-table/column";
import { rowMenu } from "@/components/list/row-menu";
import { FirstBadge } from "@/components/ui/badge";
import { grouped } from "@/components/ui/grouped";
import { levelWord } from "@/lib/core/access/access-level";
import { roleLabel } from "@/lib/core/access/role";
import { labelsByName } from "@/lib/core/keys/attributes/key-labels";
import type { KeySortColumn } from "@/lib/core/keys/key-list-settings";
import type { KeyRow, ListedKey } from "@/lib/services/keys/read/key-view";
import { typeWords } from "../key-words";
import { KeyNameCell } from "./cells/key-name-cell";
import { KeyStatusCell } from "./cells/key-status-cell";
import { callsOf, KeyCreatedCell, KeyEndCell, KeyUseCell } from "./cells/key-time-cells";
import { firstLine, None, secondLine, TwoLines } from "./cells/two-lines";
import { type KeyColumnId, keyColumnLayouts } from "./key-column-layouts";
import { KeyIdText } from "./key-id-text";
import { KeyNamespace } from "./key-namespace";
import { LabelChips } from "./label-chips";
import { SubjectText } from "./subject-text";

const KeyRowMenu = rowMenu(async () => (await import("./cells/key-row-menu")).KeyRowMenu);

/**
 * The content of each column's cells. Columns that the server can sort by also have `sort`, the direction of the first
 * click.
 */
type Cells = {
  readonly [Id in KeyColumnId]: { readonly cell: (key: ListedKey) => ReactNode } & (Id extends KeySortColumn
    ? { readonly sort: "asc" | "desc" }
    : { readonly sort?: undefined });
};

/** The first click sorts dates latest first, and names from A to Z. */
const cells: Cells = {
  name: {
    sort: "asc",
    cell: (key) => <KeyNameCell apiKey={key} />,
  },
  keyId: { cell: (key) => <KeyIdText keyId={key.id} of={key.name} /> },
  accessLevel: {
    sort: "desc",
    cell: (key) => <AccessCell apiKey={key} />,
  },
  type: { sort: "asc", cell: (key) => typeWords[key.type] },
  namespace: {
    cell: ({ namespace }) => <KeyNamespace namespace={namespace} />,
  },
  subject: {
    cell: ({ subject }) => (subject === null ? <None /> : <SubjectText subject={subject} />),
  },
  labels: {
    cell: ({ labels }) => {
      const shown = labelsByName(labels);
      return shown.length === 0 ? <None /> : <LabelChips labels={shown} first={1} />;
    },
  },
  createdBy: {
    sort: "asc",
    cell: ({ createdBy: { name, email } }) => (
      <TwoLines title={email}>
        <span {...firstLine}>{name}</span>
        <span {...secondLine}>{email}</span>
      </TwoLines>
    ),
  },
  calls: {
    cell: (key) => <span className="tabular-nums">{grouped(callsOf(key))}</span>,
  },
  status: {
    cell: (key) => <KeyStatusCell apiKey={key} />,
  },
  created: {
    sort: "desc",
    cell: (key) => <KeyCreatedCell apiKey={key} />,
  },
  lastUsed: {
    sort: "desc",
    cell: (key) => <KeyUseCell apiKey={key} />,
  },
  expires: {
    sort: "desc",
    cell: (key) => <KeyEndCell apiKey={key} />,
  },
  actions: {
    cell: (key) => <KeyRowMenu label={`Actions for ${key.name}`} apiKey={key} />,
  },
};

/** The columns of the table "API keys". The server renders the skeleton from their layouts alone. */
export const keysColumns = keyColumnLayouts.map(
  (layout) => ({ ...layout, ...cells[layout.id] }) as Column<ListedKey, KeySortColumn>,
);

/**
 * The level, with the first role below it; the title names all roles. Phones show only the level, before the last use.
 */
function AccessCell({ apiKey: { accessLevel, roles } }: { apiKey: KeyRow }) {
  return (
    <div className="grid grid-cols-1">
      <span className="max-md:text-ink-muted max-md:after:content-['_·']">{levelWord(accessLevel)}</span>
      {roles.length === 0 ? (
        <span data-second="" className="text-ink-faint text-xs max-md:hidden">
          No roles
        </span>
      ) : (
        <FirstBadge
          data-second=""
          texts={roles.map(({ id }) => id)}
          title={roles.map(roleLabel).join("\n")}
          className="min-w-0 max-md:hidden"
        />
      )}
    </div>
  );
}
