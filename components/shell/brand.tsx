import { classNames } from "@/components/ui/class-names";

/** The logo and product name. In a narrow bar only screen readers get the name. */
export function Brand({ narrow = false }: { narrow?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2 font-semibold text-ink text-sm tracking-tight">
      <span aria-hidden className="icon-key grid size-6 place-items-center rounded-md bg-ink text-canvas" />
      <span className={classNames(narrow && "max-sm:sr-only")}>Latchkey</span>
    </span>
  );
}
