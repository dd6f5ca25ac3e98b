// Choosing the files that go with a paper: scans and attachments, told by name and size, taken out again with one tap.
import { type ReactElement, useId, useState } from 'react';
import { limitWords } from '../../shared/evidence.ts';
import { type Picked, pick } from '../attach.ts';
import { sizeWords } from '../evidence-words.ts';
import { FileButton } from './file-button.tsx';

export const FilePicker = ({
  label,
  files,
  change,
}: {
  label: string;
  files: readonly Picked[];
  change(files: Picked[]): void;
}): ReactElement => {
  const id = useId();
  const [wrong, setWrong] = useState<string[]>([]);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <p className="hint">PDF、照片或视频,{limitWords}</p>
      <FileButton
        id={id}
        many
        accept="application/pdf,image/jpeg,image/png,video/mp4"
        onFiles={async (picked) => {
          const chosen = await Promise.all(picked.map(pick));
          setWrong(chosen.flatMap((one) => (typeof one === 'string' ? [one] : [])));
          const known = new Set(files.map(({ entry }) => entry.sha256));
          change([
            ...files,
            ...chosen.flatMap((one) => (typeof one === 'string' || known.has(one.entry.sha256) ? [] : [one])),
          ]);
        }}
      />
      {wrong.length > 0 ? (
        <p className="notice bad" role="alert">
          {wrong.join(';')}
        </p>
      ) : null}
      {files.length > 0 ? (
        <ul className="file-list">
          {files.map(({ entry }) => (
            <li key={entry.sha256}>
              <span>{entry.name}</span>
              <span className="quiet">{sizeWords(entry.size)}</span>
              <button
                type="button"
                className="button bare small"
                onClick={() => change(files.filter((one) => one.entry.sha256 !== entry.sha256))}
              >
                移除
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
};
