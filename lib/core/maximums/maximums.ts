/**
 * How much one credential or person may make. Whoever ends a stolen key or removes a person ends all of it in one
 * transaction, which has to stay a matter of seconds.
 */

/** Live keys that the tokens of one exchange have made. */
export const keysOfFamilyMaximum = 1_000;
/** Token families of one key. */
export const familiesOfKeyMaximum = 10_000;
/** Live keys of one creator in an organization. */
export const keysOfCreatorMaximum = 100_000;
/** A key that expired counts for so long after. Else keys that live for a second could be made without end. */
export const expiredCountsSeconds = 24 * 60 * 60;
