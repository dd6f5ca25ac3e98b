// Choosing an Excel file and reading it here: one way for the register, attendance, old ledgers and figures. What a sheet
// means is for whoever asked.
import '../style/people.css';
import { type ReactElement, type ReactNode, useState } from 'react';
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
      <label className="field">
        <span>{label}</span>
        <input
          type="file"
          accept=".xlsx"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) void choose(file);
            target.value = '';
          }}
        />
      </label>
      {hint === undefined ? null : <p className="quiet">{hint}</p>}
      {wrong === undefined ? null : (
        <p className="notice bad" role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
};
