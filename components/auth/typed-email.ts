"use client";

/**
 * Passes the email typed at sign-in to "Forgot your password?". Kept in memory, since a URL or browser storage would
 * reveal it to the next person at this computer.
 */
export const typedEmail: { now: string | undefined } = { now: undefined };
