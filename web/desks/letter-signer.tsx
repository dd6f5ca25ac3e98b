// Who signed on paper: those who hold the office of a director or chief, or did when it was signed.
import type { ReactElement } from 'react';
import { PickItem } from './ask.tsx';
import { useOfficers } from './hall-register.ts';

export const SignerItem = (): ReactElement => (
  <PickItem
    name="signer"
    label="签发人"
    choices={useOfficers(['director', 'chief'], { lately: true })}
    extra="签发当日任职的分管或主要领导"
  />
);
