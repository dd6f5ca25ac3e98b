// The sums of a month: what the schedule calls on the 5th.
export const handler = async (): Promise<void> => {
  throw new Error('not built yet');
};
