"use client";

import { type KeyboardEvent, type ReactNode, type SyntheticEvent, useEffect, useId, useRef } from "react";

const gap = 6;
const margin = 8;
/** Long enough to move the pointer from the control to its tip. */
const leaveMs = 120;

/**
 * Says why a control is disabled: in a tooltip on hover, press and focus, and as its description. The control stays
 * focusable, so that the reason can be found without a mouse.
 *
 * @param because undefined if the control works
 * @param describedBy the ids of the control's other descriptions
 */
export function useReason(because: ReactNode, describedBy?: string) {
  const { control, tip, show } = useTip(because, describedBy);
  if (because === undefined) return { control, tip };
  const press = (event: SyntheticEvent<HTMLElement>) => {
    event.preventDefault();
    show(event);
  };
  return { control: { "aria-disabled": true, ...control, onClick: press }, tip };
}

/** Says more about a control: in a tooltip on hover and focus, and as its description. */
export function useTip(text: ReactNode, describedBy?: string) {
  const id = useId();
  const tip = useRef<HTMLSpanElement>(null);
  const pointedAt = useRef<HTMLElement>(null);
  const leaving = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  // A new text may be longer, so place the tooltip again to keep it inside the window.
  useEffect(() => {
    if (text === undefined || pointedAt.current === null) return;
    if (tip.current?.matches(":popover-open")) showBeside(tip.current, pointedAt.current);
  }, [text]);
  const stay = () => clearTimeout(leaving.current);
  const hide = () => {
    stay();
    if (tip.current?.matches(":popover-open")) tip.current.hidePopover();
  };
  const leave = () => {
    stay();
    leaving.current = setTimeout(hide, leaveMs);
  };
  const show = ({ currentTarget }: SyntheticEvent<HTMLElement>) => {
    stay();
    pointedAt.current = currentTarget;
    if (tip.current !== null) showBeside(tip.current, currentTarget);
  };
  if (text === undefined) return { control: { "aria-describedby": describedBy }, tip: null, show };
  return {
    show,
    control: {
      "aria-describedby": describedBy === undefined ? id : `${describedBy} ${id}`,
      onPointerEnter: show,
      onPointerLeave: leave,
      onFocus: show,
      onBlur: hide,
      onKeyDown: ({ key }: KeyboardEvent) => key === "Escape" && hide(),
    },
    tip: (
      <span
        ref={tip}
        id={id}
        role="tooltip"
        // In the top layer, so that no scrolling container clips it.
        popover="manual"
        onPointerEnter={stay}
        onPointerLeave={leave}
        className="inset-auto m-0 w-max max-w-[min(18rem,calc(100vw-1rem))] whitespace-normal rounded-md bg-tooltip px-2.5 py-1.5 text-left font-normal text-tooltip-ink text-xs [overflow-wrap:anywhere] forced-colors:border"
      >
        {text}
      </span>
    ),
  };
}

function showBeside(tip: HTMLElement, control: HTMLElement): void {
  if (!tip.matches(":popover-open")) tip.showPopover();
  const at = control.getBoundingClientRect();
  const right = document.documentElement.clientWidth - tip.offsetWidth - margin;
  const above = at.top - tip.offsetHeight - gap;
  const left = at.left + (at.width - tip.offsetWidth) / 2;
  tip.style.left = `${Math.max(margin, Math.min(left, right))}px`;
  tip.style.top = `${above >= margin ? above : at.bottom + gap}px`;
}
