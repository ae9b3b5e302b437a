import type { ClassValue } from "clsx";
import { clsx } from "clsx";
import { twMerge } from "tailwind-merge";

/** Joins class names. When two set the same property the later one wins, so callers can override. */
export function classNames(...values: ClassValue[]): string {
  return twMerge(clsx(values));
}
