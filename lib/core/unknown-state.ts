/**
 * The default of a switch that decides. The compiler names the switch when a state is added; at run time a state that
 * nobody decided on is refused.
 *
 * @throws always
 */
export function unknownState(state: never): never {
  throw new Error(`Unknown state: ${JSON.stringify(state)}`);
}
