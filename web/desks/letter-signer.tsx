// Who signed on paper: those who hold the office of a director or chief today.
import type { ReactElement } from 'react';
import { houseNow } from '../client.ts';
import { PickItem } from './ask.tsx';
import { useRegistry } from './hall-register.ts';

export const SignerItem = (): ReactElement => {
  const { data: grants = [] } = useRegistry('grant');
  const { data: staff = [] } = useRegistry('staff');
  const today = houseNow().toISOString().slice(0, 10);
  const holders = new Set(
    grants
      .filter(({ role }) => role === 'director' || role === 'chief')
      .filter(({ from, until }) => from <= today && (until === undefined || until >= today))
      .map(({ person }) => person),
  );
  const choices = staff
    .filter(({ id }) => holders.has(id))
    .map(({ id, name }) => ({ value: id, label: name }));
  return <PickItem name="signer" label="签发人" choices={choices} extra="当日任职的分管或主要领导" />;
};
