import { classNames } from "@/components/ui/class-names";

type BarProps = { part: number; of: number; className: string; tall: number; track?: boolean };

/** A bar beside the number that it shows. An SVG, so that its length is an attribute rather than an inline style. */
export function Bar({ part, of, className, tall, track = false }: BarProps) {
  const width = of === 0 ? 0 : (part / of) * 100;
  return (
    <svg aria-hidden width="100%" height={tall} className="block">
      {track && <rect width="100%" height={tall} rx={tall / 2} className="fill-subtle-strong" />}
      <rect
        width={`${Math.max(width, part > 0 ? 1 : 0)}%`}
        height={tall}
        rx={tall / 2}
        className={classNames("forced-colors:fill-[CanvasText]", className)}
      />
    </svg>
  );
}
