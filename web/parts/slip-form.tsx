// Filing leave (请假、公出) and cover (顶岗): used by the chief representative on a phone and by the desk beside its table.
import { type ReactElement, useState } from 'react';
import { type CoverWay, coverTitles, coverWays } from '../../shared/cover.ts';
import { type LeaveKind, leaveKinds, leaveTitles } from '../../shared/leave.ts';
import { useSender } from '../sending.ts';
import { type Choice, LightForm, PickField, RadioField } from './light-form.tsx';
import { emptyStretch, StretchField, stretchOf } from './stretch-field.tsx';

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
    <LightForm
      sender={sender}
      submit="登记请假"
      send={async () => {
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
      <PickField label="谁请假" value={person} among={people} change={setPerson} />
      <RadioField
        label="种类"
        name="leave-kind"
        value={kind}
        among={leaveKinds.map((one) => [one, leaveTitles[one]] as const)}
        change={setKind}
      />
      <StretchField value={stretch} change={setStretch} />
      <label className="field">
        事由(可不填)
        <input value={reason} maxLength={200} onChange={({ target }) => setReason(target.value)} />
      </label>
    </LightForm>
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
    <LightForm
      sender={sender}
      submit="登记顶岗"
      send={async () => {
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
      <PickField label="哪个窗口" value={window} among={windows} change={setWindow} />
      <div className="pair">
        <PickField label="谁顶岗" value={person} among={people} change={setPerson} />
        <PickField label="替谁" value={absent} among={people} change={setAbsent} none="增援,不替谁" />
      </div>
      <RadioField
        label="方式"
        name="cover-way"
        value={way}
        among={coverWays.map((one) => [one, coverTitles[one]] as const)}
        change={setWay}
      />
      <StretchField value={stretch} change={setStretch} />
    </LightForm>
  );
};
