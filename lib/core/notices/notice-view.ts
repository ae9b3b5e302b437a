import type { NoticeDetails, NoticeKind } from "./notice-kinds";

/** One of what a notice tells. */
export type ShownItem = {
  /** 16 characters, without `key_`; null if it is about no key. */
  readonly keyId: string | null;
  readonly name: string;
  readonly at: Date;
  readonly details: NoticeDetails;
  /** When the key was last used, as of now. */
  readonly lastUsedAt: Date | null;
};

/** A notice as one person sees it. */
export type NoticeView = {
  readonly id: string;
  readonly kind: NoticeKind;
  /** Null for what is the person's own. */
  readonly organization: { readonly name: string; readonly slug: string } | null;
  readonly at: Date;
  readonly position: number;
  readonly isUnread: boolean;
  /** How many things it tells this person. */
  readonly total: number;
  /** How many of its keys were used in the last seven days. */
  readonly inUse: number;
  /** The first few: keys in use before others, the last used first. */
  readonly shown: readonly ShownItem[];
  /** The page with all of them, which this person may open. */
  readonly href: string | null;
};
