const width = 176;
const distance = 10;

type ChartTooltipProps = {
  /** The horizontal position it points at, such as "40%". */
  x: string;
  /** Places it to the left of that position, for when there is no room to the right. */
  before: boolean;
  title: string;
  rows: readonly (readonly [term: string, value: string])[];
};

/**
 * The values of one period. Drawn inside the chart's SVG, so that it can be positioned by attributes, without inline
 * styles.
 */
export function ChartTooltip({ x, before, title, rows }: ChartTooltipProps) {
  return (
    <svg x={x} overflow="visible" aria-hidden className="pointer-events-none">
      <foreignObject x={before ? -distance - width : distance} y={-4} width={width} height={96}>
        <div className={before ? "flex justify-end" : "flex"}>
          <div className="animate-fade-in rounded-md bg-tooltip px-2.5 py-1.5 text-tooltip-ink text-xs forced-colors:border">
            <p className="whitespace-nowrap">{title}</p>
            <dl className="mt-0.5 grid grid-cols-[1fr_auto] gap-x-4">
              {rows.map(([term, value]) => (
                <div key={term} className="contents">
                  <dt className="text-tooltip-muted">{term}</dt>
                  <dd className="text-right tabular-nums">{value}</dd>
                </div>
              ))}
            </dl>
          </div>
        </div>
      </foreignObject>
    </svg>
  );
}
