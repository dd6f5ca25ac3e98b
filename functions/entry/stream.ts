// What follows from events: what the stream of the table calls.
export const handler = async (): Promise<void> => {
  throw new Error('not built yet');
};
