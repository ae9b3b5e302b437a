"use client";

import { parseAsString, useQueryState } from "nuqs";
import { createContext, type ReactNode, Suspense, use, useCallback, useRef, useTransition } from "react";
import { useDialogHost } from "@/components/list/dialog-host";
import { lazyDialog } from "@/components/list/lazy-dialog";
import type { KeyDetails } from "@/lib/services/keys/read/key-view";

const KeyDetailsSheet = lazyDialog(
  async () => (await import("../details/key-details-sheet")).KeyDetailsSheet,
);

type OpenDetails = (keyId: string, opener: HTMLElement | null) => void;

const OpenDetailsContext = createContext<OpenDetails>(() => undefined);

type KeySheetProps = {
  /** Details of the key in the URL, as the server read them. */
  details: KeyDetails | null;
  children: ReactNode;
};

/** Shows the details of the key in the URL over the page. */
export function KeySheet({ details, children }: KeySheetProps) {
  const { isDialogOpen } = useDialogHost();
  const [loading, startTransition] = useTransition();
  const [keyId, setKeyId] = useQueryState(
    "key",
    parseAsString.withOptions({ shallow: false, history: "push", startTransition }),
  );
  const opener = useRef<HTMLElement | null>(null);
  const openDetails = useCallback<OpenDetails>(
    (id, from) => {
      opener.current = from;
      void setKeyId(id);
    },
    [setKeyId],
  );
  return (
    <OpenDetailsContext value={openDetails}>
      {children}
      {/* A boundary of its own, so the page does not fall back to its skeleton while the sheet loads. */}
      <Suspense fallback={null}>
        {keyId !== null && (
          <KeyDetailsSheet
            details={details?.id === keyId ? details : null}
            loading={loading}
            opener={opener.current}
            // Ignore an Escape pressed while a dialog is still opening over the sheet.
            onClose={() => void (isDialogOpen() || setKeyId(null, { shallow: true }))}
          />
        )}
      </Suspense>
    </OpenDetailsContext>
  );
}

export function useOpenDetails(): OpenDetails {
  return use(OpenDetailsContext);
}
