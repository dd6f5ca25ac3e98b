// Choosing scans and pictures at a desk, as a field of a form. Sending them is scan-sending.ts.
import { type ReactElement, useId } from 'react';
import { limitWords } from '../../shared/evidence.ts';
import { sizeWords } from '../evidence-words.ts';
import { FileButton } from '../parts/file-button.tsx';

export interface Manifest {
  file: File;
  kind: 'photo' | 'video' | 'audio' | 'document';
}

const kindOf = (file: File, scan: boolean): Manifest['kind'] => {
  if (file.type.startsWith('video/')) return 'video';
  if (file.type.startsWith('audio/')) return 'audio';
  return scan || file.type === 'application/pdf' ? 'document' : 'photo';
};

interface ScanFieldProps {
  id?: string;
  value?: Manifest[];
  onChange?(files: Manifest[]): void;
  /** Scans of papers; otherwise pictures, clips and recordings as evidence. */
  scan?: boolean;
  /** One PDF only, as the label says, with its size. */
  onePdf?: boolean;
}

export const ScanField = ({
  id,
  value = [],
  onChange,
  scan = true,
  onePdf = false,
}: ScanFieldProps): ReactElement => {
  const own = useId();
  return (
    <div className="scan-field">
      <FileButton
        id={id ?? own}
        many={!onePdf}
        accept={
          onePdf
            ? 'application/pdf'
            : scan
              ? 'application/pdf,image/jpeg,image/png'
              : 'image/jpeg,image/png,image/webp,video/mp4,video/webm,video/quicktime,audio/mp4,audio/webm,audio/mpeg,audio/wav'
        }
        onFiles={(files) =>
          onChange?.([...(onePdf ? [] : value), ...files.map((file) => ({ file, kind: kindOf(file, scan) }))])
        }
      />
      {onePdf ? null : (
        <p className="quiet">
          {scan ? 'PDF、JPG 或 PNG' : '照片、视频或录音'},可多选,{limitWords}
        </p>
      )}
      {value.length === 0 ? null : (
        <ul>
          {value.map(({ file }, at) => (
            <li key={`${file.name}-${file.size}-${file.lastModified}`}>
              <span>{file.name}</span>
              <span className="quiet">{sizeWords(file.size)}</span>
              <button
                type="button"
                className="button bare small"
                aria-label={`移除 ${file.name}`}
                onClick={() => onChange?.(value.filter((_, index) => index !== at))}
              >
                移除
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
