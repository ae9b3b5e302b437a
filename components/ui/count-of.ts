import { grouped } from "./grouped";

/** "1 key", "2,051 keys". @param noun a noun whose plural ends in "s" */
export function countOf(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}
