import type { ClassValue } from "clsx";
import { clsx } from "clsx";
import { twMerge } from "tailwind-merge";

/** Joins class names; of two that set the same property the later wins, so a caller can override. */
export function classNames(...values: ClassValue[]): string {
  return twMerge(clsx(values));
}
