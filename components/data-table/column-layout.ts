/** What is known about a column before its rows load; the table and its skeleton share it. */
export type ColumnLayout<Id extends string = string> = {
  readonly id: Id;
  /** Empty for the column of row actions. */
  readonly title: string;
  /** A class that sets the column's width. */
  readonly width: string;
  /** Stays visible when the table scrolls sideways. */
  readonly sticky?: "start" | "end";
};
