"use client";

import { useRouter } from "next/navigation";
import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from "react";
import { mayLeave } from "@/components/forms/leaving/may-leave";
import { lazyDialog } from "@/components/ui/lazy/lazy-dialog";
import { isSingleKey } from "@/components/ui/single-key";
import type { Membership } from "@/lib/services/users/list-memberships";
import { useCurrentOrganization } from "../use-current-organization";
import { isPageKey } from "./page-keys";
import { generatePath, pagePath } from "./page-path";
import { pressOn, pressOnPage } from "./press-on-page";

const CommandMenu = lazyDialog(async () => (await import("../jump/command-menu")).CommandMenu);
const ShortcutsDialog = lazyDialog(async () => (await import("./shortcuts-dialog")).ShortcutsDialog);

type Open = "menu" | "shortcuts";

type Keyboard = {
  readonly open: (what: Open, opener: HTMLElement | null) => void;
  /** Preloads the command menu. */
  readonly expectMenu: () => void;
};

const KeyboardContext = createContext<Keyboard>({ open: () => undefined, expectMenu: () => undefined });

export function useKeyboard(): Keyboard {
  return use(KeyboardContext);
}

/** The second key must follow `g` within this time. */
const sequenceMs = 1500;
/**
 * No `g` was pressed. Not 0, because event timestamps start at 0 and an early key press would count as the second key.
 */
const never = Number.NEGATIVE_INFINITY;

/** Handles the shortcuts that work on every page, and shows the command menu and the list of shortcuts. */
export function KeyboardProvider(props: { memberships: readonly Membership[]; children: ReactNode }) {
  const { memberships, children } = props;
  const router = useRouter();
  const current = useCurrentOrganization(memberships);
  const [shown, setShown] = useState<Open | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const leading = useRef(never);
  const open = useCallback((what: Open, from: HTMLElement | null) => {
    opener.current = from;
    setShown(what);
  }, []);
  const keyboard = useMemo(() => ({ open, expectMenu: CommandMenu.expect }), [open]);

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const isMenu = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
    if (isMenu && !event.shiftKey) {
      // Browsers use this shortcut too: in Firefox it searches the web.
      event.preventDefault();
      if (!event.repeat && shown === null && !isUnderDialog()) open("menu", focused());
      return;
    }
    if (shown !== null || event.repeat || !isSingleKey(event)) return;
    const follows = event.timeStamp - leading.current < sequenceMs;
    leading.current = never;
    if (follows ? goTo(event.key) : act(event)) event.preventDefault();
  });

  const goTo = (key: string): boolean => {
    const path = current === undefined || !isPageKey(key) ? undefined : pagePath(current, key);
    if (path !== undefined && mayLeave()) router.push(path);
    return path !== undefined;
  };

  const act = ({ key, timeStamp }: KeyboardEvent): boolean => {
    if (key === "g") leading.current = timeStamp;
    else if (key === "?") open("shortcuts", focused());
    else if (key === "/") focusSearch() || open("menu", focused());
    else if (key === "A") return focusToolbar();
    else if (key === "f") return pressOn("filter");
    else if (key === "c") return pressOn("generate") || generateElsewhere();
    else return false;
    return true;
  };

  const generateElsewhere = (): boolean => {
    const path = current === undefined ? undefined : generatePath(current);
    if (path === undefined) return false;
    if (!mayLeave()) return true;
    router.push(path);
    pressOnPage("generate");
    return true;
  };

  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  const close = () => setShown(null);
  return (
    <KeyboardContext value={keyboard}>
      {children}
      {shown === "menu" && (
        <CommandMenu
          current={current}
          memberships={memberships}
          opener={opener.current}
          onClose={close}
          onShortcuts={() => setShown("shortcuts")}
        />
      )}
      {shown === "shortcuts" && <ShortcutsDialog opener={opener.current} onClose={close} />}
    </KeyboardContext>
  );
}

const focused = () =>
  document.activeElement instanceof HTMLElement && document.activeElement !== document.body
    ? document.activeElement
    : null;

/** Is a dialog open? Leaving the page under it could lose a secret that is shown once. A sheet does not count. */
function isUnderDialog(): boolean {
  return document.querySelector('[role="dialog"][data-state="open"]:not([data-sheet])') !== null;
}

/** Focuses the toolbar of the selected rows, which is far from them in Tab order. */
function focusToolbar(): boolean {
  const button = document.querySelector<HTMLElement>('[role="toolbar"][aria-label^="Selected"] button');
  button?.focus();
  return button !== null;
}

function focusSearch(): boolean {
  const box = document.querySelector<HTMLInputElement>('main input[type="search"]');
  box?.focus();
  box?.select();
  return box !== null;
}
