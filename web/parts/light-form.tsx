// The form of the light pages: its fields, what was refused, and the one thing to do. Knows no command.
import { type ReactElement, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { Refusal } from '../client.ts';
import { Refused } from './words.tsx';

interface LightFormProps {
  /** What is being sent, and what came of it. */
  sender: { busy: boolean; refusal: Refusal | undefined };
  submit: string;
  /** Said while it is sent. */
  sending?: string;
  send(): Promise<unknown>;
  cancel?(): void;
  card?: boolean;
  children: ReactNode;
}
export const LightForm = ({
  sender,
  submit,
  sending = submit,
  send,
  cancel,
  card = false,
  children,
}: LightFormProps): ReactElement => (
  <form
    className={card ? 'card light-form' : 'light-form'}
    onSubmit={(event) => {
      event.preventDefault();
      void send();
    }}
  >
    {children}
    {sender.refusal ? <Refused refusal={sender.refusal} /> : null}
    <div className="actions">
      <button type="submit" className="button primary" disabled={sender.busy}>
        {sender.busy ? sending : submit}
      </button>
      {cancel ? (
        <button type="button" className="button bare" onClick={cancel}>
          取消
        </button>
      ) : null}
    </div>
  </form>
);

interface WordsFieldProps {
  label: string;
  value: string;
  change(value: string): void;
  max?: number;
  rows?: number;
}
/** Words that must be said. */
export const WordsField = ({ label, value, change, max = 2000, rows }: WordsFieldProps): ReactElement => (
  <label className="field">
    {label}
    <textarea
      value={value}
      required
      maxLength={max}
      rows={rows}
      onChange={({ target }) => change(target.value)}
    />
  </label>
);

export interface Choice {
  id: string;
  name: string;
}

/** What was just done, at the head of the page: brought into sight, since who pressed stands further down. */
export const Told = ({ words }: { words: string | undefined }): ReactElement | null => {
  const here = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (words !== undefined) here.current?.scrollIntoView({ block: 'center' });
  }, [words]);
  return words === undefined ? null : (
    <p ref={here} className="notice good" role="status">
      {words}
    </p>
  );
};

interface PickFieldProps {
  label: string;
  value: string;
  among: readonly Choice[];
  change(value: string): void;
  /** What choosing nobody means; without it somebody must be chosen. */
  none?: string;
}
/** One of a list; the empty word for none. */
export const PickField = ({ label, value, among, change, none }: PickFieldProps): ReactElement => {
  const id = useId();
  const [sought, setSought] = useState('');
  // Sent, the form begins anew, its search too.
  useEffect(() => {
    if (value === '') setSought('');
  }, [value]);
  const word = sought.trim();
  const shown = word === '' ? among : among.filter((one) => one.id === value || one.name.includes(word));
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {among.length > fewEnough ? (
        <input
          type="search"
          aria-label="按姓名、部门或编号查找"
          placeholder="输入姓名、部门或编号查找"
          value={sought}
          onChange={({ target }) => {
            setSought(target.value);
            // The only one left is who was meant.
            const left = among.filter(({ name }) => name.includes(target.value.trim()));
            const [only] = left;
            if (only && left.length === 1) change(only.id);
          }}
        />
      ) : null}
      <select
        id={id}
        required={none === undefined}
        value={value}
        onChange={({ target }) => change(target.value)}
      >
        <option value="">{none ?? (word === '' ? '请选择' : `请选择(找到 ${shown.length} 个)`)}</option>
        {shown.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    </div>
  );
};
/** A list longer than this is searched rather than scrolled. */
const fewEnough = 40;

interface RadioFieldProps<Value extends string> {
  /** What is chosen, for those who do not see the form. */
  label: string;
  name: string;
  value: Value;
  among: readonly (readonly [Value, string])[];
  change(value: NoInfer<Value>): void;
}
/** One of a few, all in sight. */
export const RadioField = <Value extends string>({
  label,
  name,
  value,
  among,
  change,
}: RadioFieldProps<Value>): ReactElement => (
  <fieldset className="choices">
    <legend className="unseen">{label}</legend>
    {among.map(([one, words]) => (
      <label key={one}>
        <input type="radio" name={name} checked={value === one} onChange={() => change(one)} />
        {words}
      </label>
    ))}
  </fieldset>
);
