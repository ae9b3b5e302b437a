import type { Column } from "@/components/data-table/column";
import { FirstBadge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { roleLabel } from "@/lib/core/access/role";
import type { KeySortColumn } from "@/lib/core/keys/key-list-settings";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { reasonWords, typeWords } from "../key-words";
import { KeyIdText } from "./key-id-text";
import { KeyNamespace } from "./key-namespace";
import { KeyRowActions } from "./key-row-actions";
import { useOpenDetails } from "./key-sheet";
import { KeyStatusBadge, KeyStatusIcon } from "./key-status-badge";

/** The columns of the table "API keys". The first click sorts dates by latest first and names from A to Z. */
export const keysColumns: readonly Column<KeyRow, KeySortColumn>[] = [
  {
    id: "name",
    title: "Name",
    width: "w-42 sm:w-47",
    sticky: "start",
    sort: "asc",
    cell: (key) => <KeyNameButton apiKey={key} />,
  },
  {
    id: "description",
    title: "Description",
    width: "w-31",
    cell: (key) => <Cut text={key.description} muted />,
  },
  { id: "keyId", title: "Key ID", width: "w-50", cell: (key) => <KeyIdText keyId={key.id} /> },
  { id: "type", title: "Type", width: "w-18", sort: "asc", cell: (key) => typeWords[key.type] },
  {
    id: "accessLevel",
    title: "Access level",
    width: "w-29",
    sort: "desc",
    cell: (key) => <span className="text-[0.8125rem]">{key.accessLevel}</span>,
  },
  {
    id: "roles",
    title: "Roles",
    width: "w-40",
    cell: ({ roles }) =>
      roles.length === 0 ? (
        <span className="text-ink-faint">None</span>
      ) : (
        <FirstBadge texts={roles.map(({ id }) => id)} title={roles.map(roleLabel).join("\n")} />
      ),
  },
  {
    id: "namespace",
    title: "Namespace",
    width: "w-42",
    cell: ({ namespace }) => <KeyNamespace namespace={namespace} />,
  },
  {
    id: "status",
    title: "Status",
    width: "w-24",
    cell: ({ status, revocationReason: reason }) => (
      <KeyStatusBadge status={status} title={reason === null ? undefined : reasonWords[reason]} />
    ),
  },
  {
    id: "createdBy",
    title: "Created by",
    width: "w-36",
    sort: "asc",
    cell: ({ createdBy: { name, email } }) => <Cut text={name} title={`${name} (${email})`} />,
  },
  {
    id: "created",
    title: "Created",
    width: "w-32",
    sort: "desc",
    cell: (key) => <When moment={key.createdAt} />,
  },
  {
    id: "lastUsed",
    title: "Last used",
    width: "w-34",
    sort: "desc",
    cell: (key) => <When moment={key.lastUsedAt} />,
  },
  {
    id: "expires",
    title: "Expires",
    width: "w-32",
    sort: "desc",
    cell: (key) => <When moment={key.expiresAt} />,
  },
  {
    id: "actions",
    title: "",
    width: "w-12",
    sticky: "end",
    cell: (key) => <KeyRowActions apiKey={key} />,
  },
];

/** Truncated in the column; shown in full on hover and in the details. */
function Cut({ text, title = text, muted = false }: { text: string; title?: string; muted?: boolean }) {
  return (
    <span title={title} className={muted ? "block truncate text-ink-muted" : "block truncate"}>
      {text}
    </span>
  );
}

function When({ moment }: { moment: Date | null }) {
  return (
    <span className="text-ink-muted">{moment === null ? "Never" : <RelativeTime moment={moment} />}</span>
  );
}

/** Opens the details. Fills its cell to make a large touch target. */
function KeyNameButton({ apiKey }: { apiKey: KeyRow }) {
  const openDetails = useOpenDetails();
  return (
    <button
      type="button"
      title={apiKey.name}
      onClick={(event) => openDetails(apiKey.id, event.currentTarget)}
      className="-mx-3 flex min-h-10.75 w-[calc(100%+1.5rem)] items-center gap-2 px-3 text-left font-medium text-ink underline-offset-4 outline-offset-[-2px] hover:underline max-sm:min-h-11.75"
    >
      {/* On a phone the status column is off screen. */}
      <KeyStatusIcon status={apiKey.status} className="sm:hidden" />
      <span className={"truncate max-sm:line-clamp-2 max-sm:whitespace-normal max-sm:py-1"}>
        {apiKey.name}
      </span>
    </button>
  );
}
