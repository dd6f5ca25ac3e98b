// Filing leave (请假、公出) and cover (顶岗): used by the chief representative on a phone and by the desk beside its table.
import { type ReactElement, useState } from 'react';
import { type CoverWay, coverTitles, coverWays } from '../../shared/cover.ts';
import { type LeaveKind, leaveKinds, leaveTitles } from '../../shared/leave.ts';
import { useSender } from '../sending.ts';
import { emptyStretch, StretchField, stretchOf } from './stretch-field.tsx';
import { Refused } from './words.tsx';

export interface Choice {
  id: string;
  name: string;
}

const Pick = ({
  label,
  value,
  among,
  change,
  none,
}: {
  label: string;
  value: string;
  among: readonly Choice[];
  change(value: string): void;
  none?: string;
}): ReactElement => (
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

export const LeaveForm = ({
  people,
  done,
}: {
  people: readonly Choice[];
  done(words: string): void;
}): ReactElement => {
  const [person, setPerson] = useState('');
  const [kind, setKind] = useState<LeaveKind>('business');
  const [stretch, setStretch] = useState(emptyStretch);
  const [reason, setReason] = useState('');
  const sender = useSender();
  return (
    <form
      className="light-form"
      onSubmit={async (event) => {
        event.preventDefault();
        const sent = await sender.send('/api/leaves', {
          person,
          kind,
          stretch: stretchOf(stretch),
          ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        });
        if (!sent) return;
        setPerson('');
        setReason('');
        done('请假已登记。');
      }}
    >
      <Pick label="谁请假" value={person} among={people} change={setPerson} />
      <fieldset className="choices">
        <legend className="unseen">种类</legend>
        {leaveKinds.map((one) => (
          <label key={one}>
            <input type="radio" name="leave-kind" checked={kind === one} onChange={() => setKind(one)} />
            {leaveTitles[one]}
          </label>
        ))}
      </fieldset>
      <StretchField value={stretch} change={setStretch} />
      <label className="field">
        事由(可不填)
        <input value={reason} maxLength={200} onChange={({ target }) => setReason(target.value)} />
      </label>
      {sender.refusal ? <Refused refusal={sender.refusal} /> : null}
      <div className="actions">
        <button type="submit" className="button primary" disabled={sender.busy}>
          登记请假
        </button>
      </div>
    </form>
  );
};

export const CoverForm = ({
  people,
  windows,
  done,
}: {
  people: readonly Choice[];
  windows: readonly Choice[];
  done(words: string): void;
}): ReactElement => {
  const [window, setWindow] = useState('');
  const [person, setPerson] = useState('');
  const [absent, setAbsent] = useState('');
  const [way, setWay] = useState<CoverWay>('abRole');
  const [stretch, setStretch] = useState(emptyStretch);
  const sender = useSender();
  return (
    <form
      className="light-form"
      onSubmit={async (event) => {
        event.preventDefault();
        const sent = await sender.send('/api/covers', {
          ...{ window, person, way },
          ...(absent === '' ? {} : { absent }),
          stretch: stretchOf(stretch),
        });
        if (!sent) return;
        setPerson('');
        setAbsent('');
        done('顶岗已登记。');
      }}
    >
      <Pick label="哪个窗口" value={window} among={windows} change={setWindow} />
      <div className="pair">
        <Pick label="谁顶岗" value={person} among={people} change={setPerson} />
        <Pick label="替谁" value={absent} among={people} change={setAbsent} none="增援,不替谁" />
      </div>
      <fieldset className="choices">
        <legend className="unseen">方式</legend>
        {coverWays.map((one) => (
          <label key={one}>
            <input type="radio" name="cover-way" checked={way === one} onChange={() => setWay(one)} />
            {coverTitles[one]}
          </label>
        ))}
      </fieldset>
      <StretchField value={stretch} change={setStretch} />
      {sender.refusal ? <Refused refusal={sender.refusal} /> : null}
      <div className="actions">
        <button type="submit" className="button primary" disabled={sender.busy}>
          登记顶岗
        </button>
      </div>
    </form>
  );
};
