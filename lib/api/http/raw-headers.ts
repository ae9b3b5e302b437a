/**
 * Headers as node:http writes them fastest: names and values in turns, given to writeHead at once. What a
 * response is told with setHeader is checked twice and kept in an object of its own.
 */
export class RawHeaders {
  readonly list: string[];

  /** @param initial the initial names and values */
  constructor(initial: readonly string[] = []) {
    this.list = [...initial];
  }

  setHeader(name: string, value: string): this {
    this.list.push(name, value);
    return this;
  }
}
