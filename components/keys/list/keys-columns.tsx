import { type ReactNode, use } from "react";
import type { Column } from "@/components/data-table/column";
import { Badge, FirstBadge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { roleLabel } from "@/lib/core/access/role";
import { labelsByName } from "@/lib/core/keys/attributes/key-labels";
import { effectiveEnd, expirySetBy } from "@/lib/core/keys/effective-end";
import type { KeySortColumn } from "@/lib/core/keys/key-list-settings";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { policyWords, reasonWords, typeWords } from "../key-words";
import { type KeyColumnId, keyColumnLayouts } from "./key-column-layouts";
import { AddFilterContext } from "./key-filters";
import { KeyIdText } from "./key-id-text";
import { KeyNamespace } from "./key-namespace";
import { KeyRowActions } from "./key-row-actions";
import { useOpenDetails } from "./key-sheet";
import { KeyStatusBadge, KeyStatusIcon } from "./key-status-badge";
import { LabelChips } from "./label-chips";
import { SubjectText } from "./subject-text";

/** What a cell shows. Only columns that the server sorts by have `sort`, the direction of the first click. */
type Cells = {
  readonly [Id in KeyColumnId]: { readonly cell: (key: KeyRow) => ReactNode } & (Id extends KeySortColumn
    ? { readonly sort: "asc" | "desc" }
    : { readonly sort?: undefined });
};

/** The first click sorts dates by latest first and names from A to Z. */
const cells: Cells = {
  name: {
    sort: "asc",
    cell: (key) => <KeyNameCell apiKey={key} />,
  },
  keyId: { cell: (key) => <KeyIdText keyId={key.id} /> },
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
    cell: ({ createdBy: { name, email } }) => <TwoLines first={name} second={email} />,
  },
  status: {
    cell: (key) => <StatusCell apiKey={key} />,
  },
  created: {
    sort: "desc",
    cell: ({ createdAt, createdBy: { name, email } }) => (
      <TwoLines first={<RelativeTime moment={createdAt} />} second={name} title={`${name} (${email})`} />
    ),
  },
  lastUsed: {
    sort: "desc",
    cell: (key) => <When moment={key.lastUsedAt} />,
  },
  expires: {
    sort: "desc",
    cell: (key) => <EndCell apiKey={key} />,
  },
  actions: {
    cell: (key) => <KeyRowActions apiKey={key} />,
  },
};

/** The columns of the table "API keys". The server renders the skeleton from their layouts alone. */
export const keysColumns = keyColumnLayouts.map(
  (layout) => ({ ...layout, ...cells[layout.id] }) as Column<KeyRow, KeySortColumn>,
);

/** "Paused" also shows the other paused keys, which have no tab. */
function StatusCell({ apiKey: { status, revocationReason: reason } }: { apiKey: KeyRow }) {
  const add = use(AddFilterContext);
  const badge = <KeyStatusBadge status={status} title={reason === null ? undefined : reasonWords[reason]} />;
  if (status !== "paused") return badge;
  return (
    <button
      type="button"
      aria-label="Filter by status Paused"
      onClick={add.paused}
      className="rounded py-0.5 underline-offset-4 hover:underline"
    >
      {badge}
    </button>
  );
}

function None() {
  return <span className="text-ink-faint">None</span>;
}

type TwoLinesProps = { first: ReactNode; second: string; title?: string };

/** A value and what is said about it in small. Both are cut at the column's edge. */
function TwoLines({ first, second, title = second }: TwoLinesProps) {
  return (
    <div className="grid leading-5">
      <span className="truncate text-ink-muted">{first}</span>
      <span title={title} className="truncate text-ink-muted text-xs">
        {second}
      </span>
    </div>
  );
}

/** The level, and below it the first role; hovering names all of them. */
function AccessCell({ apiKey: { accessLevel, roles } }: { apiKey: KeyRow }) {
  return (
    <div className="grid">
      <span className="text-[0.8125rem] leading-4.5">{accessLevel}</span>
      {roles.length === 0 ? (
        <span className="text-ink-faint text-xs">No roles</span>
      ) : (
        <FirstBadge texts={roles.map(({ id }) => id)} title={roles.map(roleLabel).join("\n")} />
      )}
    </div>
  );
}

function When({ moment }: { moment: Date | null }) {
  return (
    <span className="text-ink-muted">{moment === null ? "Never" : <RelativeTime moment={moment} />}</span>
  );
}

/** When the key ends, by its own expiry or by the organization's maximum lifetime. */
function EndCell({ apiKey }: { apiKey: KeyRow }) {
  const end = effectiveEnd(apiKey);
  if (end === null || expirySetBy(apiKey) === "key") return <When moment={end} />;
  return (
    <TwoLines first={<RelativeTime moment={end} />} second="set by policy" title={policyWords(apiKey)} />
  );
}

/** Opens the details; all of the cell can be clicked. The description is below the name. */
function KeyNameCell({ apiKey }: { apiKey: KeyRow }) {
  const openDetails = useOpenDetails();
  const { name, description, imported } = apiKey;
  return (
    <div className="group/name relative -mx-3 flex min-h-11.75 items-center gap-2 px-3 py-1">
      {/* On a phone the status column is off screen. */}
      <KeyStatusIcon status={apiKey.status} className="sm:hidden" />
      <div className="grid min-w-0 leading-5">
        <button
          type="button"
          title={name}
          onClick={(event) => openDetails(apiKey.id, event.currentTarget)}
          className="truncate text-left font-medium text-ink underline-offset-4 outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2 group-hover/name:underline max-sm:line-clamp-2 max-sm:whitespace-normal"
        >
          {name}
        </button>
        {(imported || description !== "") && (
          <span className="flex min-w-0 items-center gap-1.5">
            {imported && (
              <Badge title="Its token is one of another system" className="shrink-0 leading-4">
                Imported
              </Badge>
            )}
            <span title={description} className="truncate text-ink-muted text-xs max-sm:hidden">
              {description}
            </span>
          </span>
        )}
      </div>
    </div>
  );
}
