// Scans and pictures from a desk: what is announced of each file, and sending it (attach.ts) after the record has it, by
// whichever door the record is read. Knows no screen.
import { described, sendFile } from '../attach.ts';
import { read } from '../client.ts';
import type { Manifest } from './scan-field.tsx';

export type Carrier =
  | 'case'
  | 'complaint'
  | 'bonus'
  | 'talk'
  | 'letter'
  | 'award'
  | 'rectification'
  | 'enforcement'
  | 'figure'
  | 'inspection';

/** What the record says of a file before it travels. */
export const announced = ({ file, kind }: Manifest) => described(file, kind);

const filesOf = async (carrier: Carrier, id: string) => {
  switch (carrier) {
    case 'case':
      return read('case.read', `/api/cases/${id}`);
    case 'complaint':
      return read('complaint.read', `/api/complaints/${id}`);
    case 'bonus':
      return read('bonus.read', `/api/bonuses/${id}`);
    case 'talk':
      return read('talk.read', `/api/talks/${id}`);
    case 'letter':
      return read('letter.read', `/api/letters/${id}`);
    case 'award':
      return read('award.read', `/api/awards/${id}`);
    case 'rectification':
      return read('rectification.read', `/api/rectifications/${id}`);
    case 'enforcement':
      return read('enforcement.read', `/api/enforcements/${id}`);
    case 'inspection':
      return read('inspection.read', `/api/inspections/${id}`);
    case 'figure':
      return read('figure.read', `/api/figures/${id}`);
  }
};

/**
 * Sends files that a record has announced. Gives the names of those that did not arrive; they are due as missing files
 * and may be sent again.
 */
export const sendFiles = async (
  carrier: Carrier,
  id: string,
  files: readonly { file: File; sha256: string }[],
): Promise<string[]> => {
  if (files.length === 0) return [];
  const record = await filesOf(carrier, id);
  if (!record.ok) return files.map(({ file }) => file.name);
  const waiting = record.value.state.evidence.filter(({ state }) => state === 'announced');
  const lost: string[] = [];
  for (const { file, sha256: digest } of files) {
    const entry = waiting.find((one) => one.sha256 === digest);
    if (!entry || (await sendFile(id, entry.n, file))) lost.push(file.name);
  }
  return lost;
};
