import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { nextIndex } from "./next-index";

/** The period that the pointer or the arrow keys are on, and the event handlers for the chart's SVG. */
export function usePointedPeriod(count: number) {
  const [at, setAt] = useState<number | null>(null);
  const point = ({ clientX, currentTarget }: PointerEvent<SVGSVGElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    setAt(Math.min(count - 1, Math.max(0, Math.floor(((clientX - left) / width) * count))));
  };
  const step = (event: KeyboardEvent) => {
    const next = nextIndex(event.key, at ?? count, count);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
  };
  const handlers = {
    onPointerMove: point,
    onPointerDown: point,
    onPointerLeave: (event: PointerEvent) => event.pointerType === "mouse" && setAt(null),
    onKeyDown: step,
    onBlur: () => setAt(null),
  };
  return { at, handlers };
}
