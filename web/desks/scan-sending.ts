// Scans and pictures from a desk: what is announced of each file, and sending it after the record has it. The tablet's
// outbox has its own way; here a person sits and waits. Knows no screen.
import { partSize, smallFileLimit } from '../../shared/evidence.ts';
import { post, read } from '../client.ts';
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

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const sha256 = async (bytes: Blob): Promise<string> =>
  hex(await crypto.subtle.digest('SHA-256', await bytes.arrayBuffer()));

/** What the record says of a file before it travels. */
export const announced = async ({ file, kind }: Manifest, now: string) => {
  const parts: string[] = [];
  if (file.size > smallFileLimit)
    for (let at = 0; at < file.size; at += partSize)
      parts.push(await sha256(file.slice(at, Math.min(at + partSize, file.size))));
  const takenAt = new Date(file.lastModified).toISOString();
  return {
    name: file.name.slice(-120),
    kind,
    mediaType: file.type,
    size: file.size,
    sha256: await sha256(file),
    ...(parts.length === 0 ? {} : { parts }),
    takenAt: takenAt > now ? now : takenAt,
  };
};

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

const put = async (to: { url: string; headers: Record<string, string> }, body: Blob): Promise<boolean> => {
  try {
    const answer = await fetch(to.url, { method: 'PUT', headers: to.headers, body });
    // 412: the very same bytes lie there already, by an earlier try.
    return answer.ok || answer.status === 412;
  } catch {
    return false;
  }
};

const sendOne = async (record: string, n: number, file: File): Promise<boolean> => {
  const plan = await post('evidence.upload', `/api/evidence/${record}/${n}/upload`);
  if (!plan.ok) return false;
  if (plan.value.state === 'put' && !(await put(plan.value.put, file))) return false;
  if (plan.value.state === 'parts')
    for (const part of plan.value.parts) {
      const bytes = file.slice((part.n - 1) * partSize, (part.n - 1) * partSize + part.size);
      if (!part.have && part.put && !(await put(part.put, bytes))) return false;
    }
  if (plan.value.state === 'received') return true;
  return (await post('evidence.complete', `/api/evidence/${record}/${n}/complete`)).ok;
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
    if (!entry || !(await sendOne(id, entry.n, file))) lost.push(file.name);
  }
  return lost;
};
