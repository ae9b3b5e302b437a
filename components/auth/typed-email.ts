"use client";

/**
 * The email that was typed at the sign-in, for "Forgot your password?". In the page's memory, since an address or a
 * storage would keep it for others.
 */
export const typedEmail: { now: string | undefined } = { now: undefined };
