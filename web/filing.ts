// Sending a command with the files it announces, from a light screen: first the command, then the files, to the record it
// made or changed. Where only the files did not arrive, pressing again sends those, and the command is not said twice.
import { useRef, useState } from 'react';
import { type Announced, type Picked, sendFiles, type Upload } from './attach.ts';
import type { Outcome, Refusal } from './client.ts';
import { type Say, type Sender, useSender } from './sending.ts';

interface Recorded {
  state: { evidence: readonly Announced[] };
}

export interface Filing {
  busy: boolean;
  refusal: Refusal | undefined;
  files: Picked[];
  setFiles(files: Picked[]): void;
  /** The record's id when everything arrived. `fresh` reads the record, to learn the numbers of its files. */
  file(
    command: Parameters<Sender['send']>,
    fresh: (record: string) => Promise<Outcome<Recorded>>,
  ): Promise<string | undefined>;
}

/** By whom the command is said and its files are sent, where nobody signed in. */
export interface Courier {
  say: Say;
  upload: Upload;
}

export const useFiling = (courier?: Courier): Filing => {
  const sender = useSender(courier?.say);
  const [files, setFiles] = useState<Picked[]>([]);
  const [late, setLate] = useState<Refusal>();
  const [sending, setSending] = useState(false);
  const taken = useRef<string>(undefined);
  return {
    busy: sender.busy || sending,
    refusal: sender.refusal ?? late,
    files,
    setFiles,
    file: async ([path, fields, stamp], fresh) => {
      setLate(undefined);
      const evidence = files.map(({ entry }) => entry);
      taken.current ??= (
        await sender.send(path, evidence.length === 0 ? fields : { ...fields, evidence }, stamp)
      )?.id;
      const record = taken.current;
      if (record === undefined) return undefined;
      if (files.length > 0) {
        setSending(true);
        const found = await fresh(record);
        const missing = found.ok
          ? await sendFiles(record, found.value.state.evidence, files, courier?.upload)
          : found.refusal;
        setSending(false);
        setLate(missing);
        if (missing) return undefined;
      }
      taken.current = undefined;
      return record;
    },
  };
};
