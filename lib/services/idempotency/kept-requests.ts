/** How long what came of a request is kept, and given to who sends it again. */
export const keptMs = 24 * 60 * 60 * 1000;
