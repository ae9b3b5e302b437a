/**
 * For the default case of a switch that makes a decision. The compiler reports the switch when a state is added; at run
 * time an unhandled state is refused.
 *
 * @throws always
 */
export function unknownState(state: never): never {
  throw new Error(`Unknown state: ${JSON.stringify(state)}`);
}
