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
 * A menu whose code, its items included, is loaded when somebody is about to open it. Until then there is just its
 * button, in a table one for each row.
 *
 * @param load the component with the menu's content
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
  // How it was pressed when its code did not arrive.
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
    // The button stays until the menu can take its place.
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
      // As Radix does: the press must not move the focus from the menu to the button, which would close it.
      event.preventDefault();
      void press("pointer");
    },
    // A touch that scrolls is no press; and assistive technology sends a click alone.
    onClick: () => void press("pointer"),
    onKeyDown: (event: KeyboardEvent) => {
      if (!["Enter", " ", "ArrowDown"].includes(event.key)) return;
      event.preventDefault();
      void press("key");
    },
  };
}
