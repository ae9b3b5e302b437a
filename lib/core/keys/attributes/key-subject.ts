/** In code points, as PostgreSQL counts them. */
export const subjectMaximum = 200;

/**
 * Characters that would display the subject in another order or on two lines. NUL makes PostgreSQL reject a statement.
 */
export const unshowable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Is the text within the maximum? Text that is far too long is rejected without counting its code points. */
export function isWithin(text: string, maximum: number): boolean {
  return text.length <= 2 * maximum && [...text].length <= maximum;
}
