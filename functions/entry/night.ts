// The night's work: what the schedule calls at midnight.
export const handler = async (): Promise<void> => {
  throw new Error('not built yet');
};
