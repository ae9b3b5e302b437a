"use client";

import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import {
  createContext,
  type ReactNode,
  type TransitionStartFunction,
  use,
  useCallback,
  useEffect,
  useRef,
  useTransition,
} from "react";
import { useDialogHost } from "@/components/list/dialog-host";
import type { ShownList } from "@/components/list/list-table";
import { lazyDialog } from "@/components/ui/lazy/lazy-dialog";
import type { KeyListInput } from "@/lib/schemas/key-list";
import type { KeyDetails, KeyPage } from "@/lib/services/keys/read/key-view";
import { type PlaceInList, sheetTabs } from "../details/sheet-place";
import { totalText } from "./count-text";

const KeyDetailsSheet = lazyDialog(
  async () => (await import("../details/key-details-sheet")).KeyDetailsSheet,
);

const parsers = {
  key: parseAsString,
  tab: parseAsStringLiteral(sheetTabs).withDefault("overview"),
};

type OpenDetails = (keyId: string, opener: HTMLElement | null) => void;

const OpenDetailsContext = createContext<OpenDetails>(() => undefined);

type KeySheetProps = {
  /** Details of the key in the URL, as the server read them. */
  details: KeyDetails | null;
  shown: ShownList<KeyPage, KeyListInput>;
  children: ReactNode;
};

/** Shows the details of the key in the URL over the page. */
export function KeySheet({ details, shown, children }: KeySheetProps) {
  const { isDialogOpen } = useDialogHost();
  const [loading, startTransition] = useTransition();
  const [{ key: keyId, tab }, setState] = useQueryStates(parsers, {
    shallow: false,
    history: "push",
    startTransition,
  });
  useMissingDetails(keyId, details?.id === keyId, loading, startTransition);
  const opener = useRef<HTMLElement | null>(null);
  const openDetails = useCallback<OpenDetails>(
    (id, from) => {
      opener.current = from;
      void setState({ key: id, tab: null });
    },
    [setState],
  );
  useExpectOnIntent();
  return (
    <OpenDetailsContext value={openDetails}>
      {children}
      {keyId !== null && (
        <KeyDetailsSheet
          known={shown.page.rows.find(({ id }) => id === keyId) ?? null}
          details={details?.id === keyId ? details : null}
          loading={loading}
          place={placeOf(keyId, shown)}
          tab={tab}
          // A shallow update would cancel the pending one that loads the details.
          onTab={(next) => void setState({ tab: next }, { shallow: !loading })}
          // Replaces the history entry, so that Back closes the sheet however many keys were viewed.
          onMove={(id) => void setState({ key: id }, { history: "replace" })}
          opener={opener.current}
          // Ignore an Escape pressed while a dialog is still opening over the sheet.
          onClose={() => void (isDialogOpen() || setState({ key: null, tab: null }, { shallow: true }))}
        />
      )}
    </OpenDetailsContext>
  );
}

export function useOpenDetails(): OpenDetails {
  return use(OpenDetailsContext);
}

const missingMs = 500;

/**
 * Loads the details again if they never arrived: a click can cancel a navigation, and Back then returns to its URL.
 * Tries once per key, since the key may be gone.
 */
function useMissingDetails(
  keyId: string | null,
  here: boolean,
  loading: boolean,
  startTransition: TransitionStartFunction,
): void {
  const router = useRouter();
  const asked = useRef(keyId);
  useEffect(() => {
    if (here) asked.current = null;
    if (here || loading || keyId === null || asked.current === keyId) return;
    const timer = setTimeout(() => {
      asked.current = keyId;
      startTransition(() => router.refresh());
    }, missingMs);
    return () => clearTimeout(timer);
  }, [keyId, here, loading, startTransition, router]);
}

/** Loads the code of the sheet at the first pointer or key event, so that it is ready by then. */
function useExpectOnIntent(): void {
  useEffect(() => {
    const signs = ["pointermove", "pointerdown", "keydown"] as const;
    const once = () => {
      stop();
      KeyDetailsSheet.expect();
    };
    const stop = () => {
      for (const sign of signs) document.removeEventListener(sign, once);
    };
    for (const sign of signs) document.addEventListener(sign, once, { passive: true });
    return stop;
  }, []);
}

function placeOf(keyId: string, { list, page }: KeySheetProps["shown"]): PlaceInList | null {
  const index = page.rows.findIndex(({ id }) => id === keyId);
  if (index === -1) return null;
  const before = (list.page - 1) * list.pageSize;
  const total = totalText(page.counts[list.status], page.total, list.page * list.pageSize);
  return {
    text: `${before + index + 1} of ${total}`,
    previousId: page.rows[index - 1]?.id ?? null,
    nextId: page.rows[index + 1]?.id ?? null,
  };
}
