/** Of a user, what others see: a PersonView. */
export const personSelect = { id: true, name: true, email: true } as const;
