"use client";

import { type ComponentProps, createContext, type ReactNode, use, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";

/** The props of every dialog. A dialog is mounted only while it is open. */
export type DialogProps = {
  /** Gets the focus back when the dialog closes. */
  readonly opener: HTMLElement | null;
  readonly onClose: () => void;
};

export type RenderDialog = (props: DialogProps) => ReactNode;

type DialogHostValue = {
  readonly openDialog: (render: RenderDialog, opener: HTMLElement | null) => void;
  /** True while a dialog is still loading, too. */
  readonly isDialogOpen: () => boolean;
};

const HostContext = createContext<DialogHostValue | null>(null);

/** Shows the page's dialogs over it, one at a time. */
export function DialogHost({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<{ render: RenderDialog; props: DialogProps } | null>(null);
  const isOpen = useRef(false);
  const host = useMemo(() => {
    const onClose = () => {
      isOpen.current = false;
      setOpen(null);
    };
    return {
      openDialog: (render: RenderDialog, opener: HTMLElement | null) => {
        isOpen.current = true;
        setOpen({ render, props: { opener, onClose } });
      },
      isDialogOpen: () => isOpen.current,
    };
  }, []);
  return (
    <HostContext value={host}>
      {children}
      {open?.render(open.props)}
    </HostContext>
  );
}

export function useDialogHost(): DialogHostValue {
  const host = use(HostContext);
  if (host === null) throw new Error("useDialogHost needs a DialogHost around it");
  return host;
}

type DialogButtonProps = Omit<ComponentProps<typeof Button>, "onClick"> & {
  dialog: RenderDialog;
  /** Preloads the dialog's code. */
  expect?: (() => void) | undefined;
};

/** A button that opens a dialog and gets the focus back from it. */
export function DialogButton({ dialog, expect, ...rest }: DialogButtonProps) {
  const { openDialog } = useDialogHost();
  return (
    <Button
      {...rest}
      onPointerEnter={expect}
      onFocus={expect}
      onClick={(event) => openDialog(dialog, event.currentTarget)}
    />
  );
}
