// The button that opens the device's chooser of files: in the house's words, whatever language the browser speaks. What
// was chosen is listed by whoever asked.
import type { ReactElement } from 'react';
import { Icon } from './icon.tsx';

interface FileButtonProps {
  id?: string;
  word?: string;
  accept: string;
  many?: boolean;
  onFiles(files: File[]): void;
}

export const FileButton = ({
  id,
  word = '选择文件',
  accept,
  many = false,
  onFiles,
}: FileButtonProps): ReactElement => (
  <label className="button file-button">
    <Icon name="import" />
    {word}
    <input
      id={id}
      className="unseen"
      type="file"
      accept={accept}
      multiple={many}
      onChange={({ target }) => {
        const files = [...(target.files ?? [])];
        // The same file may be chosen again after it was taken out.
        target.value = '';
        onFiles(files);
      }}
    />
  </label>
);
