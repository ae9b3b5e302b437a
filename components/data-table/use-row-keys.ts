"use client";

import { type RefObject, useEffect } from "react";
import { isSingleKey } from "@/components/ui/single-key";

/** Marks the control that opens the row's details. */
export const rowOpener = { "data-row-opener": "" } as const;

const openerSelector = "[data-row-opener]";
/** Rows without an opener are focused by their name link or their menu. */
const reachable = "a[href], button:not([role=combobox])";
const controls = "a, button, input, select, textarea, label, [popover]";

/**
 * Opens a row by a click anywhere in it, and moves between rows by keyboard: `j` and `k` from anywhere, the arrows from
 * a row, `x` to select, Shift+`x` for a range. All of it presses the row's own controls, so there is nothing that only
 * a mouse or only a shortcut can do.
 */
export function useRowKeys(table: RefObject<HTMLTableElement | null>): void {
  useEffect(() => {
    const element = table.current;
    if (element === null) return;
    const onClick = (event: MouseEvent) => openClicked(event);
    const onKey = (event: KeyboardEvent) => {
      if (moveByKey(element, event)) event.preventDefault();
    };
    // A native listener, because React would also report clicks in a row's menu, which is elsewhere in the document.
    element.addEventListener("click", onClick);
    // On the window, so that the page's own shortcuts come first: `g k` opens a page and does not move the focus.
    window.addEventListener("keydown", onKey);
    return () => {
      element.removeEventListener("click", onClick);
      window.removeEventListener("keydown", onKey);
    };
  }, [table]);
}

function openClicked(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  if (event.defaultPrevented || target === null || target.closest(controls) !== null) return;
  // The person is selecting text in the row.
  if (getSelection()?.isCollapsed === false) return;
  const opener = target.closest("tbody tr")?.querySelector<HTMLElement>(openerSelector);
  const { ctrlKey, metaKey, shiftKey } = event;
  // Passes on the modifiers, so that Ctrl+click opens a new tab as on a link.
  opener?.dispatchEvent(
    new MouseEvent("click", { bubbles: true, cancelable: true, view: window, ctrlKey, metaKey, shiftKey }),
  );
}

/** @returns whether the table handled the key */
function moveByKey(table: HTMLTableElement, event: KeyboardEvent): boolean {
  const active = document.activeElement;
  const row = active !== null && table.contains(active) ? active.closest("tbody tr") : null;
  const rows = rowControls(table);
  const move = (by: 1 | -1) => {
    const at = rows.findIndex((control) => control.closest("tr") === row);
    const next = at === -1 ? rows[by === 1 ? 0 : rows.length - 1] : rows[at + by];
    const target = at === 0 && event.key === "ArrowUp" ? searchAbove(table) : next;
    target?.focus();
    return target !== undefined;
  };
  // An arrow moves within a row's own list or menu, or scrolls the page if the focus is not in a row.
  const isArrow = row !== null && active?.closest("select, [role=combobox], [aria-expanded=true]") === null;
  if (event.key === "ArrowDown" && isArrow && isPlain(event)) return move(1);
  if (event.key === "ArrowUp" && isArrow && isPlain(event)) return move(-1);
  if (!isSingleKey(event)) return false;
  if (event.key === "j") return move(1);
  if (event.key === "k") return move(-1);
  if (event.key.toLowerCase() !== "x") return false;
  const box = row?.querySelector<HTMLInputElement>("[data-select]");
  box?.dispatchEvent(
    new MouseEvent("click", { bubbles: true, cancelable: true, view: window, shiftKey: event.shiftKey }),
  );
  return box != null;
}

/** The control by which the keyboard reaches each row. */
function rowControls(table: HTMLTableElement): HTMLElement[] {
  const openers = [...table.querySelectorAll<HTMLElement>(`tbody ${openerSelector}`)];
  if (openers.length > 0) return openers;
  return [...table.querySelectorAll("tbody tr")].flatMap(
    (row) => row.querySelector<HTMLElement>(reachable) ?? [],
  );
}

/** The rows of the first table after the search box, each as the control that takes the focus. */
export function rowsBelow(search: HTMLElement): HTMLElement[] {
  const tables = [...document.querySelectorAll<HTMLTableElement>("main table")];
  const table = tables.find((one) => follows(search, one));
  return table === undefined ? [] : rowControls(table);
}

function searchAbove(table: HTMLTableElement): HTMLElement | undefined {
  const boxes = [...document.querySelectorAll<HTMLElement>("main input[type=search]")];
  return boxes.findLast((box) => follows(box, table));
}

function follows(one: Node, other: Node): boolean {
  return (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

/** Opens the row if it is the only one and can be opened; otherwise moves the focus to the first row. */
export function enterRows([first, ...others]: readonly HTMLElement[]): void {
  if (others.length === 0 && first?.matches(`${openerSelector}, a[href]`)) first.click();
  else first?.focus();
}

type PressedKey = Pick<KeyboardEvent, "defaultPrevented" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">;

export function isPlain({ defaultPrevented, altKey, ctrlKey, metaKey, shiftKey }: PressedKey): boolean {
  return !(defaultPrevented || altKey || ctrlKey || metaKey || shiftKey);
}
