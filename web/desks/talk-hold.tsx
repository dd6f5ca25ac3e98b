// The record of a talk that a measure asks for: written while it is held, or entered later from the signed paper.
import { Form, Input } from 'antd';
import { type ReactElement, useMemo } from 'react';
import { holdsOn } from '../../shared/people.ts';
import { measureNames } from '../../shared/rulebook-frame.ts';
import { dayOf } from '../../shared/time.ts';
import { houseNow } from '../client.ts';
import { Empty, Refused } from '../parts/words.tsx';
import { go, useAddress } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { type Me, may } from '../visitor-here.ts';
import { PickItem, useStep, WhenItem, WordsItem } from './ask.tsx';
import { useRegistry } from './hall-register.ts';
import { Desk, refusalIn, useView } from './kit.tsx';
import { MeasureGround, subjectOf } from './measures.tsx';
import { DeskPage, NotThere, Section } from './page.tsx';
import { type Manifest, ScanField } from './scan-field.tsx';
import { monthWords } from './wall-time.ts';

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
  const id = new URLSearchParams(useAddress().split('?')[1] ?? '').get('measure') ?? '';
  const month = /-(20\d\d-\d\d)-/.exec(id)?.[1] ?? '';
  const measures = useView('month.measures', `/api/months/${month}/measures`, { enabled: month !== '' });
  const board = useView('month.board', `/api/months/${month}/board`, { enabled: month !== '' });
  const { data: staff = [] } = useRegistry('staff');
  const { data: grants = [] } = useRegistry('grant');
  const { data: departments = [] } = useRegistry('department');
  const step = useStep((answer) => go(`/talks/${answer.id}`, { replace: true }));
  const initial = useMemo(() => ({ heldAt: houseNow().toISOString(), place: '谈话室' }), []);
  if (month === '') return <Empty>请从待办或月度看板的“措施”里选择要进行的谈话。</Empty>;
  if (!measures.data || !board.data)
    return <NotThere error={measures.error ?? board.error} again={measures.refetch} />;
  const measure = measures.data.measures.find((one) => one.id === id);
  if (!measure || !('person' in measure.subject))
    return <Empty>这项谈话已不需要进行:所依据的问题有变化,或者已经办理。</Empty>;
  const { person } = measure.subject;
  const kind = measure.kind === 'directorTalk' ? 'director' : 'section';
  const holding = may(me, kind === 'director' ? 'talk.holdDirector' : 'talk.hold');
  const talking: readonly string[] =
    kind === 'director' ? ['director', 'chief'] : ['sectionHead', 'director', 'chief'];
  const talkers = new Set(
    grants
      .filter((grant) => talking.includes(grant.role) && holdsOn(grant, dayOf(houseNow().toISOString())))
      .map((grant) => grant.person),
  );
  // Who works in the office takes the minutes as a rule; they stand first.
  const people = staff
    .toSorted((a, b) => Number(a.post === 'window') - Number(b.post === 'window'))
    .map(({ id: value, name }) => ({ value, label: name }));
  const send = (values: Values): void =>
    void step.take(
      '/api/talks',
      (files) => ({
        id,
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
    <DeskPage
      back={{ to: '/talks', title: '谈话' }}
      title={`${measureNames[measure.kind]}:${subjectOf(measure, board.data)}`}
      under={`${monthWords(month)} · ${measure.reason}`}
    >
      <div className="desk-columns">
        <div>
          <Section title="谈话记录" className="task">
            <Form<Values>
              layout="vertical"
              requiredMark="optional"
              scrollToFirstError
              initialValues={{ ...initial, reason: measure.reason }}
              onFinish={send}
            >
              {holding ? null : (
                <PickItem
                  name="talker"
                  label="谈话人"
                  choices={people.filter(({ value }) => talkers.has(value))}
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
              {step.error === undefined ? null : <Refused refusal={refusalIn(step.error)} />}
              <button type="submit" className="button primary" disabled={step.busy}>
                {step.busy ? '正在保存…' : '保存谈话记录'}
              </button>
            </Form>
          </Section>
        </div>
        <div>
          <MeasureGround measure={measure} board={board.data} />
        </div>
      </div>
    </DeskPage>
  );
};
