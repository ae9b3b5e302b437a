/** In code points, as PostgreSQL counts them. */
export const subjectMaximum = 200;

/** Would show the subject in another order than it has, or on two lines. NUL makes PostgreSQL reject a statement. */
export const unshowable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Is it within the maximum? Counting code points is not needed for text that is far too long. */
export function isWithin(text: string, maximum: number): boolean {
  return text.length <= 2 * maximum && [...text].length <= maximum;
}
