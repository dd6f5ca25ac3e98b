// Choosing an Excel file and reading it here: one way for the register, attendance, old ledgers and figures. What a sheet
// means is for whoever asked.
import '../style/people.css';
import { type ReactElement, type ReactNode, useId, useState } from 'react';
import { FileButton } from '../parts/file-button.tsx';
import type { SheetRead } from './sheet.ts';

interface SheetPickProps {
  label: string;
  hint?: ReactNode;
  /** Told at once, so that what was shown of an earlier file goes. */
  onChoose(): void;
  /** Takes the sheets, or says in a sentence why it cannot. */
  onRead(sheets: readonly SheetRead[], file: string): string | undefined;
}

export const SheetPick = ({ label, hint, onChoose, onRead }: SheetPickProps): ReactElement => {
  const id = useId();
  const [wrong, setWrong] = useState<string>();
  const choose = async (file: File): Promise<void> => {
    setWrong(undefined);
    onChoose();
    const { readBook } = await import('./sheet.ts');
    const book = await readBook(new Uint8Array(await file.arrayBuffer()));
    setWrong(book.ok ? onRead(book.sheets, file.name) : book.reason);
  };
  return (
    <div className="light-form">
      <div className="field">
        <label htmlFor={id}>{label}</label>
        <FileButton
          id={id}
          word="选择 Excel 文件"
          accept=".xlsx"
          onFiles={([file]) => {
            if (file) void choose(file);
          }}
        />
      </div>
      {hint === undefined ? null : <p className="quiet">{hint}</p>}
      {wrong === undefined ? null : (
        <p className="notice bad" role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
};
