"use client";

import { parseAsString, useQueryStates } from "nuqs";
import type { TransitionStartFunction } from "react";
import { Segments } from "@/components/ui/choice/segments";

type ListViewsProps = {
  label: string;
  /** The first view is the default, which is left out of the URL. */
  views: readonly { readonly value: string; readonly label: string; readonly count?: number | undefined }[];
  /** The view that is loaded. */
  shown: string;
  startTransition: TransitionStartFunction;
};

/** Switches between several lists through the URL parameter `show`, and starts each at its first page. */
export function ListViews({ label, views, shown, startTransition }: ListViewsProps) {
  const [first] = views;
  const [state, setState] = useQueryStates(
    { show: parseAsString, search: parseAsString, page: parseAsString },
    { shallow: false, history: "push", startTransition },
  );
  const asked = state.show ?? first?.value;
  const show = (value: string) =>
    void setState({ show: value === first?.value ? null : value, search: null, page: null });
  return (
    <Segments
      aria-label={label}
      className="sm:w-fit"
      options={views}
      value={views.some(({ value }) => value === asked) ? asked : shown}
      onValueChange={show}
    />
  );
}
