// The door for people: what API Gateway calls.
export const handler = async (): Promise<void> => {
  throw new Error('not built yet');
};
