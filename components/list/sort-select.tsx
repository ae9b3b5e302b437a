import { ArrowUpDown } from "lucide-react";
import { useRef } from "react";
import { useEarlyInput } from "@/components/ui/choice/use-early-input";
import { controlStyle } from "@/components/ui/input";

type SortSelectProps = {
  label: string;
  /** Pairs of `column direction` and its label. */
  orders: readonly (readonly [value: string, words: string])[];
  value: string;
  onChange: (column: string, descending: boolean) => void;
};

/** Sorting for phones, which show no column headers: a native select behind an icon. */
export function SortSelect({ label, orders, value, onChange }: SortSelectProps) {
  const select = useRef<HTMLSelectElement>(null);
  const choose = (order: string) => {
    const [column = "", direction] = order.split(" ");
    onChange(column, direction === "desc");
  };
  useEarlyInput(() => select.current?.value, value, choose);
  return (
    <span className="relative grid size-10 shrink-0 place-items-center forced-colors:rounded-md forced-colors:border forced-colors:has-focus-visible:outline-2 sm:size-8 md:hidden">
      <select
        ref={select}
        aria-label={label}
        // A browser would restore an earlier visit's choice.
        autoComplete="off"
        className={`${controlStyle} absolute inset-0 h-full appearance-none text-transparent! forced-colors:opacity-0`}
        value={value}
        onChange={({ target }) => choose(target.value)}
      >
        {/* A link may contain an order that is not offered here. */}
        {orders.every(([order]) => order !== value) && <option value={value}>Another order</option>}
        {orders.map(([order, words]) => (
          <option key={order} value={order} className="text-ink">
            {words}
          </option>
        ))}
      </select>
      <ArrowUpDown aria-hidden className="pointer-events-none relative size-4 text-ink" />
    </span>
  );
}
