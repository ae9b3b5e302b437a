"use client";

import { type KeyboardEvent, type ReactNode, type SyntheticEvent, useEffect, useId, useRef } from "react";

const gap = 6;
const margin = 8;
/** Long enough to move the pointer from the control to its reason. */
const leaveMs = 120;

/**
 * Says why a control is disabled: beside it while it is pointed at, pressed or focused, and as its description. The
 * control stays focusable, or nobody without a mouse would find the reason.
 *
 * @param because undefined if the control works
 * @param describedBy the ids of what describes the control otherwise
 */
export function useReason(because: ReactNode, describedBy?: string) {
  const id = useId();
  const tip = useRef<HTMLSpanElement>(null);
  const pointedAt = useRef<HTMLElement>(null);
  const leaving = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  // Another reason may be longer, and would leave the window.
  useEffect(() => {
    if (because === undefined || pointedAt.current === null) return;
    if (tip.current?.matches(":popover-open")) showBeside(tip.current, pointedAt.current);
  }, [because]);
  if (because === undefined) return { control: { "aria-describedby": describedBy }, tip: null };

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
  return {
    control: {
      "aria-disabled": true,
      "aria-describedby": describedBy === undefined ? id : `${describedBy} ${id}`,
      onPointerEnter: show,
      onPointerLeave: leave,
      onFocus: show,
      onBlur: hide,
      onClick: (event: SyntheticEvent<HTMLElement>) => {
        event.preventDefault();
        show(event);
      },
      onKeyDown: ({ key }: KeyboardEvent) => key === "Escape" && hide(),
    },
    tip: (
      <span
        ref={tip}
        id={id}
        role="tooltip"
        // In the top layer, so that no scrolling part cuts it off.
        popover="manual"
        onPointerEnter={stay}
        onPointerLeave={leave}
        className="inset-auto m-0 w-max max-w-[min(18rem,calc(100vw-1rem))] whitespace-normal rounded-md bg-tooltip px-2.5 py-1.5 text-left font-normal text-tooltip-ink text-xs [overflow-wrap:anywhere] forced-colors:border"
      >
        {because}
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
