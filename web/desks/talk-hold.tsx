// The record of a talk that a measure asks for: written while it is held, or entered later from the signed paper.
import { Form, Input } from 'antd';
import { type ReactElement, useMemo } from 'react';
import { houseNow } from '../clock.ts';
import { go } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { type Me, may } from '../visitor-here.ts';
import { PickItem, useStep, WhenItem, WordsItem } from './ask.tsx';
import { useOfficers, useRegistry } from './hall-register.ts';
import { Desk } from './kit.tsx';
import { MeasureForm, useMeasureDue } from './measure-due.tsx';
import { type Manifest, ScanField } from './scan-field.tsx';

const TalkHold = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <Hold me={me} />
  </Desk>
);
export default TalkHold;

interface Values {
  talker?: string;
  recorder: string;
  heldAt: string;
  place: string;
  reason: string;
  content: string;
  statement: string;
  promise?: string;
  promiseBy?: string;
  copies?: string[];
  files?: Manifest[];
}

const Hold = ({ me }: { me: Me }): ReactElement => {
  const { data: staff = [] } = useRegistry('staff');
  const { data: departments = [] } = useRegistry('department');
  const leaders = useOfficers(['director', 'chief'], { lately: true });
  const heads = useOfficers(['sectionHead', 'director', 'chief'], { lately: true });
  const { due, instead } = useMeasureDue('谈话', ({ subject }) =>
    'person' in subject ? subject.person : undefined,
  );
  const step = useStep((answer) => go(`/talks/${answer.id}`, { replace: true }));
  const initial = useMemo(
    () => ({ heldAt: houseNow().toISOString(), place: '谈话室', reason: due?.measure.reason ?? '' }),
    [due?.measure.reason],
  );
  if (!due) return instead;
  const { measure, met: person } = due;
  const kind = measure.kind === 'directorTalk' ? 'director' : 'section';
  const holding = may(me, kind === 'director' ? 'talk.holdDirector' : 'talk.hold');
  // Who works in the office takes the minutes as a rule; they stand first.
  const people = staff
    .toSorted((a, b) => Number(a.post === 'window') - Number(b.post === 'window'))
    .map(({ id: value, name }) => ({ value, label: name }));
  const send = (values: Values): void =>
    void step.take(
      '/api/talks',
      (files) => ({
        id: measure.id,
        kind,
        person,
        cases: measure.cases,
        ...(values.talker === undefined ? {} : { talker: values.talker }),
        recorder: values.recorder,
        heldAt: values.heldAt,
        place: values.place,
        reason: values.reason,
        content: values.content,
        statement: values.statement,
        ...(values.promise && values.promiseBy
          ? { promise: { text: values.promise, by: values.promiseBy } }
          : {}),
        copies: values.copies ?? [],
        evidence: files,
      }),
      values.files ?? [],
      'talk',
    );
  return (
    <MeasureForm<Values>
      due={due}
      back={{ to: '/talks', title: '谈话' }}
      title="谈话记录"
      initial={initial}
      step={step}
      send={send}
      okText="保存谈话记录"
    >
      {holding ? null : (
        <PickItem
          name="talker"
          label="谈话人"
          choices={kind === 'director' ? leaders : heads}
          extra="内勤根据已签字的纸质记录补录,须附扫描件"
        />
      )}
      <div className="field-row">
        <WhenItem name="heldAt" label="谈话时间" />
        <WordsItem name="place" label="地点" rows={1} max={100} />
        <PickItem
          name="recorder"
          label="记录人"
          choices={people.filter(({ value }) => value !== person && value !== me.person)}
        />
      </div>
      <WordsItem name="reason" label="谈话事由" max={500} />
      <WordsItem name="content" label="谈话内容" rows={6} max={4000} />
      <WordsItem name="statement" label="谈话对象的陈述" rows={4} max={2000} />
      <div className="field-row">
        <WordsItem name="promise" label="整改承诺" rows={1} optional />
        <Form.Item
          name="promiseBy"
          label="整改期限"
          dependencies={['promise']}
          rules={[
            ({ getFieldValue }) => ({
              required: Boolean(getFieldValue('promise')),
              message: '写了承诺,请填期限',
            }),
          ]}
        >
          <Input type="date" />
        </Form.Item>
      </div>
      <PickItem
        name="copies"
        label="抄送部门"
        many
        optional
        choices={departments.map((one) => ({ value: one.id, label: one.name }))}
        placeholder="不抄送可不填"
      />
      <Form.Item
        name="files"
        label="记录扫描件"
        rules={holding ? [] : [{ required: true, message: '请附已签字的谈话记录' }]}
      >
        <ScanField />
      </Form.Item>
    </MeasureForm>
  );
};
