"use client";

import { Ban, CopyPlus, PanelRight, Pause, Pencil, Play, RefreshCw, Trash2 } from "lucide-react";
import type { DialogProps } from "@/components/list/dialog-host";
import { RowActions } from "@/components/list/row-actions";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { GenerateKeyDialog, KeyDialog } from "./key-dialogs";
import { useOpenDetails } from "./key-sheet";

export function KeyRowActions({ apiKey }: { apiKey: KeyRow }) {
  const openDetails = useOpenDetails();
  const { allowed } = apiKey;
  const change = (name: "edit" | "roll" | "pause" | "resume" | "revoke" | "delete", isAllowed: boolean) => ({
    disabled: !isAllowed,
    dialog: (props: DialogProps) => <KeyDialog name={name} apiKey={apiKey} {...props} />,
  });
  const danger = { tone: "danger" } as const;
  return (
    <RowActions
      of={apiKey.name}
      actions={[
        {
          name: "View details",
          icon: PanelRight,
          onSelect: (opener) => openDetails(apiKey.id, opener),
        },
        { name: "Edit", icon: Pencil, ...change("edit", allowed.update) },
        { name: "Roll", icon: RefreshCw, ...change("roll", allowed.roll) },
        {
          name: "Duplicate",
          icon: CopyPlus,
          disabled: !allowed.duplicate,
          dialog: (props) => <GenerateKeyDialog from={apiKey} {...props} />,
        },
        apiKey.status === "paused"
          ? { name: "Resume", icon: Play, ...change("resume", allowed.resume) }
          : { name: "Pause", icon: Pause, ...change("pause", allowed.pause) },
        { name: "Revoke", icon: Ban, ...danger, separated: true, ...change("revoke", allowed.revoke) },
        { name: "Delete", icon: Trash2, ...danger, ...change("delete", allowed.delete) },
      ]}
    />
  );
}
