/**
 * Limits on what one credential or person may create. Ending a stolen key or removing a person ends all of it in one
 * transaction, which must only take seconds.
 */

/** Live keys created with the tokens of one exchange. */
export const keysOfFamilyMaximum = 1_000;
/** Token families per key. */
export const familiesOfKeyMaximum = 10_000;
/** Live keys per creator in an organization. */
export const keysOfCreatorMaximum = 100_000;
/** How long an expired key still counts. Otherwise keys that live for a second could be created without limit. */
export const expiredCountsSeconds = 24 * 60 * 60;
