/** How long the answer to a request is stored and replayed. */
export const keptMs = 24 * 60 * 60 * 1000;
