/** What is known of a column before there are rows; the table and its skeleton both stand on it. */
export type ColumnLayout<Id extends string = string> = {
  readonly id: Id;
  /** Empty for the column of a row's actions. */
  readonly title: string;
  /** A class that gives the column's width. */
  readonly width: string;
  /** Stays in sight when the table is scrolled sideways. */
  readonly sticky?: "start" | "end";
};
