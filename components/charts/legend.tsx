import { grouped } from "@/components/ui/grouped";

type LegendProps = {
  /** The colour of the mark. */
  mark: string;
  count: number;
  words: string;
};

/** What one of a chart's colours stands for, with the count. */
export function Legend({ mark, count, words }: LegendProps) {
  return (
    <span className="flex items-center gap-1.5 text-ink-muted tabular-nums">
      <span
        aria-hidden
        className={`size-2 rounded-xs forced-colors:border forced-colors:border-[CanvasText] forced-colors:[forced-color-adjust:none] ${mark}`}
      />
      <span>
        <b className="font-semibold text-ink">{grouped(count)}</b> {words}
      </span>
    </span>
  );
}
