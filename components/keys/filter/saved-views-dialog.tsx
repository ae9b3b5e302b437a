"use client";

import { Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useAction } from "@/components/forms/use-action";
import type { DialogProps } from "@/components/list/dialog-host";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Dialog, DialogBody, DialogContent } from "@/components/ui/overlay/dialog";
import { toast } from "@/components/ui/overlay/toast";
import { deleteKeyView, renameKeyView } from "@/lib/actions/key-views";
import type { KeyView } from "@/lib/services/keys/views/list-key-views";

/** Opens, renames and deletes a person's views. */
export function SavedViewsDialog({
  views: read,
  opener,
  onClose,
}: DialogProps & { views: readonly KeyView[] }) {
  const path = usePathname();
  // The dialog's props do not update while it is open, so it tracks its own changes.
  const [views, setViews] = useState(read);
  const [renaming, setRenaming] = useState<KeyView | null>(null);
  if (renaming !== null) {
    const rename = (name: string) =>
      setViews(views.map((view) => (view.id === renaming.id ? { ...view, name } : view)));
    return <RenameView view={renaming} {...{ opener, rename }} onClose={() => setRenaming(null)} />;
  }
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent title="Saved views" description="Only you see your views." returnFocusTo={opener}>
        <DialogBody>
          <ul aria-label="Saved views" className="-mx-2 grid">
            {views.map((view) => (
              <li key={view.id} className="flex items-center gap-1 rounded-md hover:bg-subtle">
                <Link
                  href={`${path}?${view.query}`}
                  onClick={onClose}
                  className="min-w-0 flex-1 truncate rounded px-2 py-2 text-ink text-sm"
                >
                  <bdi>{view.name}</bdi>
                </Link>
                <Button
                  variant="ghost"
                  size="icon-small"
                  aria-label={`Rename ${view.name}`}
                  onClick={() => setRenaming(view)}
                >
                  <Pencil aria-hidden />
                </Button>
                <DeleteView
                  view={view}
                  onDeleted={() => setViews(views.filter(({ id }) => id !== view.id))}
                />
              </li>
            ))}
          </ul>
          {views.length === 0 && <p className="text-ink-muted text-sm">No views are left.</p>}
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}

/** Deletes without confirmation, as a view is quickly saved again. */
function DeleteView({ view, onDeleted }: { view: KeyView; onDeleted: () => void }) {
  const action = useAction(deleteKeyView, () => {
    toast.success(`View deleted: ${view.name}`);
    onDeleted();
  });
  return (
    <Button
      variant="ghost"
      size="icon-small"
      aria-label={`Delete ${view.name}`}
      title={action.failed?.detail}
      pending={action.pending}
      onClick={() => void action.run({ viewId: view.id })}
    >
      <Trash2 aria-hidden />
    </Button>
  );
}

type RenameViewProps = DialogProps & { view: KeyView; rename: (name: string) => void };

function RenameView({ view, rename, opener, onClose }: RenameViewProps) {
  const [name, setName] = useState(view.name);
  const action = useAction(renameKeyView, () => {
    rename(name);
    onClose();
  });
  return (
    <FormDialog
      title="Rename view"
      {...{ opener, onClose, action }}
      submit={{ name: "Rename", variant: "primary" }}
      onSubmit={() => void action.run({ viewId: view.id, name })}
    >
      <Field label="Name" name="name">
        <Input
          data-autofocus
          required
          maxLength={60}
          autoComplete="off"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </Field>
    </FormDialog>
  );
}
