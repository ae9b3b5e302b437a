"use client";

import type { ComponentType, KeyboardEvent, PointerEvent, ReactElement } from "react";
import { createElement, useState } from "react";
import { withProps } from "../with-props";
import { type LazyCode, lazyCode } from "./lazy-code";
import { NotLoaded } from "./not-loaded";

type How = "pointer" | "key";

type MenuCode = Pick<typeof import("../overlay/menu"), "OpenMenu"> & {
  readonly Items: ComponentType<object>;
};

/**
 * A menu whose code, including its items, loads on hover, focus or press. Until then only its button is rendered, which
 * keeps table rows light.
 *
 * @param load loads the component with the menu's content
 */
export function lazyMenu<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const lazy = lazyCode<MenuCode>(async () => {
    const [{ OpenMenu }, Items] = await Promise.all([import("../overlay/menu"), load()]);
    return { OpenMenu, Items: Items as ComponentType<object> };
  });
  return ({ button, ...props }: Props & { button: ReactElement }) => (
    <LazyMenu lazy={lazy} button={button} props={props} />
  );
}

type LazyMenuProps = { lazy: LazyCode<MenuCode>; button: ReactElement; props: object };

function LazyMenu({ lazy, button, props }: LazyMenuProps) {
  const [opened, setOpened] = useState<How | null>(null);
  // How the button was pressed when the code failed to load.
  const [failed, setFailed] = useState<How | null>(null);
  const code = opened === null ? null : lazy.loaded();
  if (code !== null) {
    const { OpenMenu, Items } = code;
    return (
      <OpenMenu opensByKey={opened === "key"} button={button}>
        {createElement(Items, props)}
      </OpenMenu>
    );
  }
  const press = async (how: How) => {
    setFailed(null);
    // The plain button stays until the menu can replace it.
    if (lazy.loaded() !== null || (await lazy.load())) setOpened(how);
    else setFailed(how);
  };
  return (
    <>
      {withProps(button, closedMenu(lazy.expect, press))}
      {failed !== null && <NotLoaded onRetry={() => void press(failed)} onClose={() => setFailed(null)} />}
    </>
  );
}

function closedMenu(expect: () => void, press: (how: How) => Promise<void>) {
  return {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    "data-state": "closed",
    onPointerEnter: expect,
    onFocus: expect,
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0 || event.ctrlKey || event.pointerType === "touch") return;
      // As Radix does: otherwise the press moves the focus from the menu to the button, which closes the menu.
      event.preventDefault();
      void press("pointer");
    },
    // For touch, where a pointerdown may begin a scroll, and for assistive technology, which only sends clicks.
    onClick: () => void press("pointer"),
    onKeyDown: (event: KeyboardEvent) => {
      if (!["Enter", " ", "ArrowDown"].includes(event.key)) return;
      event.preventDefault();
      void press("key");
    },
  };
}
