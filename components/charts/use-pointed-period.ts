import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { nextIndex } from "./next-index";

/** Which of a chart's periods is pointed at, by pointer or by arrow keys, and what its SVG needs for that. */
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
