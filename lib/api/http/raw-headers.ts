/**
 * Headers in the form that node:http writes fastest: alternating names and values, passed to writeHead at once. A
 * response's own setHeader checks each header twice and stores it in an object.
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
