import type { NoticeDetails, NoticeKind } from "./notice-kinds";

/** One of the items of a notice. */
export type ShownItem = {
  /** 16 characters, without `key_`; null if the item is not about a key. */
  readonly keyId: string | null;
  readonly name: string;
  readonly at: Date;
  readonly details: NoticeDetails;
  /** When the key was last used. */
  readonly lastUsedAt: Date | null;
};

/** A notice as one person sees it. */
export type NoticeView = {
  readonly id: string;
  readonly kind: NoticeKind;
  /** Null for notices about the person's own account. */
  readonly organization: { readonly name: string; readonly slug: string } | null;
  readonly at: Date;
  readonly position: number;
  readonly isUnread: boolean;
  /** How many items the notice has for this person. */
  readonly total: number;
  /** How many of its keys were used in the last seven days. */
  readonly inUse: number;
  /** The first few items; the most recently used keys come first. */
  readonly shown: readonly ShownItem[];
  /** The page that lists all items, if this person may open it. */
  readonly href: string | null;
};
