/** The columns of a `PersonView`: what other people see of a user. */
export const personSelect = { id: true, name: true, email: true } as const;
