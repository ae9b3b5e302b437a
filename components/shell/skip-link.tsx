/** The first Tab stop: a link past the bar and the navigation. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="-translate-y-16 fixed top-2 left-2 z-50 rounded-md bg-surface px-3 py-2 font-medium text-ink text-sm shadow-popover focus:translate-y-0"
    >
      Skip to content
    </a>
  );
}
