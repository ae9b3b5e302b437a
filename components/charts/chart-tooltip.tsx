const width = 176;
const distance = 10;

type ChartTooltipProps = {
  /** Where on the chart's width it points, such as "40%". */
  x: string;
  /** Stands before that place rather than after it, where there is no room. */
  before: boolean;
  title: string;
  rows: readonly (readonly [term: string, value: string])[];
};

/** What a chart says of one place. It is drawn inside the chart's SVG, which positions it without styles. */
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
