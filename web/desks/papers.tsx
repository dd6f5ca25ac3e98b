// Papers of a record: brought from the API and saved under a name people know. Knows no kind of record.
import { type ReactElement, useState } from 'react';
import { bring } from '../client.ts';
import { Refused } from '../parts/words.tsx';
import { type refusalIn, useFresh } from './kit.tsx';
import { Section } from './page.tsx';

export interface Paper {
  title: string;
  path: string;
  /** With its ending: `谈话记录.pdf` */
  name: string;
  /** What a door that registers a look is told; such a paper is asked for by POST. */
  fields?: Record<string, unknown>;
  /** Opened in the browser instead of saved: a preview. */
  shown?: true;
}

/** Saves a file under a name people know. */
export const save = (file: Blob, name: string): void => {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};

const look = (file: Blob): void => {
  const url = URL.createObjectURL(file);
  window.open(url, '_blank', 'noopener');
  setTimeout(() => URL.revokeObjectURL(url), 600_000);
};

/** Brings a file and saves it; `busy` is the title of the one on its way. */
export const useSaving = () => {
  const [busy, setBusy] = useState<string>();
  const [refusal, setRefusal] = useState<ReturnType<typeof refusalIn>>();
  const saves = async ({ title, path, name, fields, shown }: Paper): Promise<void> => {
    setBusy(title);
    setRefusal(undefined);
    const file = await bring(path, fields);
    setBusy(undefined);
    if (file.ok && shown) look(file.value);
    else if (file.ok) save(file.value, name);
    else setRefusal(file.refusal);
  };
  return { saves, busy, refusal };
};

/** One file to be saved, with why it was refused beside it. */
export const SavesFile = (paper: Paper): ReactElement => {
  const { saves, busy, refusal } = useSaving();
  return (
    <>
      <button
        type="button"
        className="button small"
        disabled={busy !== undefined}
        onClick={() => void saves(paper)}
      >
        {busy === undefined ? paper.title : '正在准备…'}
      </button>
      {refusal ? <Refused refusal={refusal} /> : null}
    </>
  );
};

export const Papers = ({ papers }: { papers: readonly Paper[] }): ReactElement | null => {
  const { saves, busy, refusal } = useSaving();
  const fresh = useFresh();
  if (papers.length === 0) return null;
  return (
    <Section title="纸质件" className="no-print">
      <div className="step-row">
        {papers.map((paper) => (
          <button
            key={paper.title}
            type="button"
            className="button small"
            disabled={busy !== undefined}
            // A print is entered in its register, which may stand on the same page.
            onClick={() => void saves(paper).then(fresh)}
          >
            {busy === paper.title ? '正在准备…' : paper.title}
          </button>
        ))}
      </div>
      {refusal ? <Refused refusal={refusal} /> : null}
    </Section>
  );
};
