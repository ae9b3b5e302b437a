"use client";

import { Ban, Copy, CopyPlus, PanelRight, Pause, Pencil, Play, RefreshCw, Trash2 } from "lucide-react";
import { useEffect } from "react";
import { ActionItems } from "@/components/list/action-items";
import type { DialogProps } from "@/components/list/dialog-host";
import type { MenuTrigger } from "@/components/list/row-menu";
import { OwnersToAsk } from "@/components/members/owners-to-ask";
import { copyText } from "@/components/ui/copy-text";
import { toast } from "@/components/ui/overlay/toast";
import { formatKeyId } from "@/lib/core/keys/key-id";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import type { KeyDialogName } from "../../change/key-dialog";
import { whyNotKeys } from "../../why-not-key";
import { GenerateKeyDialog, KeyDialog } from "../key-dialogs";
import { useOpenDetails } from "../key-sheet";

/** In the menu, because narrow tables hide the Key ID column. */
async function copyKeyId(keyId: string): Promise<void> {
  const text = formatKeyId(keyId);
  if (await copyText(text)) toast.success("Key ID copied");
  else toast.error(`The browser refused to copy. The key ID is ${text}`);
}

export function KeyRowMenu({ apiKey, trigger }: { apiKey: KeyRow; trigger: MenuTrigger }) {
  const openDetails = useOpenDetails();
  useEffect(KeyDialog.expect, []);
  const stop = apiKey.status === "paused" ? "resume" : "pause";
  const reasons = whyNotKeys(["update", "roll", "duplicate", stop, "revoke", "delete"], apiKey);
  const change = (name: Exclude<KeyDialogName, "end-grace">) => ({
    disabledBecause: reasons[name === "edit" ? "update" : name],
    dialog: (props: DialogProps) => <KeyDialog name={name} apiKey={apiKey} {...props} />,
  });
  const asksOwner = Object.values(reasons).some((reason) => /only an owner/i.test(reason));
  const danger = { tone: "danger" } as const;
  return (
    <ActionItems
      trigger={trigger}
      whoMay={asksOwner && <OwnersToAsk />}
      actions={[
        {
          name: "View details",
          icon: PanelRight,
          onSelect: (opener) => openDetails(apiKey.id, opener),
        },
        { name: "Edit", icon: Pencil, ...change("edit") },
        { name: "Roll", icon: RefreshCw, ...change("roll") },
        {
          name: "Duplicate",
          icon: CopyPlus,
          disabledBecause: reasons.duplicate,
          dialog: (props) => <GenerateKeyDialog from={apiKey} {...props} />,
        },
        { name: "Copy key ID", icon: Copy, onSelect: () => void copyKeyId(apiKey.id) },
        stop === "resume"
          ? { name: "Resume", icon: Play, ...change("resume") }
          : { name: "Pause", icon: Pause, ...change("pause") },
        { name: "Revoke", icon: Ban, ...danger, separated: true, ...change("revoke") },
        { name: "Delete", icon: Trash2, ...danger, ...change("delete") },
      ]}
    />
  );
}
