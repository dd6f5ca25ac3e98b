// The form of the light pages: its fields, what was refused, and the one thing to do. Knows no command.
import type { ReactElement, ReactNode } from 'react';
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

interface PickFieldProps {
  label: string;
  value: string;
  among: readonly Choice[];
  change(value: string): void;
  /** What choosing nobody means; without it somebody must be chosen. */
  none?: string;
}
/** One of a list; the empty word for none. */
export const PickField = ({ label, value, among, change, none }: PickFieldProps): ReactElement => (
  <label className="field">
    {label}
    <select required={none === undefined} value={value} onChange={({ target }) => change(target.value)}>
      <option value="">{none ?? '请选择'}</option>
      {among.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  </label>
);

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
