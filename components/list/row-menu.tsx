"use client";

import { type ComponentType, createElement, type RefObject, useRef } from "react";
import { lazyMenu } from "@/components/ui/lazy/lazy-menu";

/** The menu's button, which gets the focus back from a dialog that an item opens. */
export type MenuTrigger = RefObject<HTMLButtonElement | null>;

/**
 * Makes the three-dots menu of a row or a selection. `label` is the accessible name of its button.
 *
 * @param load loads the component with the menu's items
 */
export function rowMenu<Props extends { trigger: MenuTrigger }>(load: () => Promise<ComponentType<Props>>) {
  const Menu = lazyMenu(load) as unknown as ComponentType<object>;
  return ({ label, ...props }: Omit<Props, "trigger"> & { label: string }) => (
    <RowMenu Menu={Menu} label={label} props={props} />
  );
}

type RowMenuProps = { Menu: ComponentType<object>; label: string; props: object };

function RowMenu({ Menu, label, props }: RowMenuProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  const button = (
    <button ref={trigger} type="button" className="icon-button icon-more max-md:size-11" aria-label={label} />
  );
  return createElement(Menu, { ...props, trigger, button } as object);
}
