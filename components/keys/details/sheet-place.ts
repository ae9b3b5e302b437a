export const sheetTabs = ["overview", "permissions", "activity"] as const;
export type SheetTab = (typeof sheetTabs)[number];

/** The key's position in the list behind the sheet. */
export type PlaceInList = {
  /** "5 of 44" */
  readonly text: string;
  readonly previousId: string | null;
  readonly nextId: string | null;
};
