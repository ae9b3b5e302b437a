"use client";

import type { ReactNode } from "react";
import { columnsOf } from "@/components/data-table/columns-of";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { keySortColumns } from "@/lib/core/keys/key-list-state";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { reasonWords, typeWords } from "../key-words";
import { KeyIdText } from "./key-id-text";
import { KeyNameButton } from "./key-name-button";
import { KeyNamespace } from "./key-namespace";
import { KeyRowActions } from "./key-row-actions";
import { KeyStatusBadge } from "./key-status-badge";
import { type KeysColumnId, keysColumnLayout } from "./keys-column-layout";
import { RoleBadges } from "./role-badges";

const cells: Record<KeysColumnId, (key: KeyRow) => ReactNode> = {
  name: (key) => <KeyNameButton apiKey={key} />,
  description: (key) => <Cut text={key.description} muted />,
  keyId: (key) => <KeyIdText keyId={key.id} />,
  type: (key) => typeWords[key.type],
  accessLevel: (key) => <span className="text-[0.8125rem]">{key.accessLevel}</span>,
  roles: (key) => <RoleBadges roles={key.roles} />,
  namespace: ({ namespace }) => <KeyNamespace namespace={namespace} />,
  status: (key) => (
    <KeyStatusBadge
      status={key.status}
      title={key.revocationReason === null ? undefined : reasonWords[key.revocationReason]}
    />
  ),
  createdBy: ({ createdBy }) => (
    <Cut text={createdBy.name} title={`${createdBy.name} (${createdBy.email})`} />
  ),
  created: (key) => <When moment={key.createdAt} never="" />,
  lastUsed: (key) => <When moment={key.lastUsedAt} never="Never" />,
  expires: (key) => <When moment={key.expiresAt} never="Never" />,
  actions: (key) => <KeyRowActions apiKey={key} />,
};

/** How each column is labelled and rendered. The server decides what it sorts by. */
export const keysColumns = columnsOf(keysColumnLayout, cells, {
  by: keySortColumns,
  // The first click sorts dates by latest first and names from A to Z.
  descendingFirst: ["created", "lastUsed", "expires", "accessLevel"],
});

/** Truncated in the column; shown in full on hover and in the details. */
function Cut({ text, title = text, muted = false }: { text: string; title?: string; muted?: boolean }) {
  return (
    <span title={title} className={muted ? "block truncate text-ink-muted" : "block truncate"}>
      {text}
    </span>
  );
}

function When({ moment, never }: { moment: Date | null; never: string }) {
  return <span className="text-ink-muted">{moment === null ? never : <RelativeTime moment={moment} />}</span>;
}
