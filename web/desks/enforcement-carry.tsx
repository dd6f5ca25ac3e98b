// Carrying out a measure that the month asks for and recording it: by whoever may, or by the clerk from a leader's paper.
import { Form } from 'antd';
import { type ReactElement, useMemo } from 'react';
import { byLeader, enforcedKinds, isAnswered } from '../../shared/enforcement.ts';
import { measureNames } from '../../shared/rulebook-frame.ts';
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

const CarryOut = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <Carry me={me} />
  </Desk>
);
export default CarryOut;

interface Values {
  leader?: string;
  doneAt: string;
  words: string;
  files?: Manifest[];
}

const Carry = ({ me }: { me: Me }): ReactElement => {
  const id = new URLSearchParams(useAddress().split('?')[1] ?? '').get('measure') ?? '';
  const month = /-(20\d\d-\d\d)-/.exec(id)?.[1] ?? '';
  const measures = useView('month.measures', `/api/months/${month}/measures`, { enabled: month !== '' });
  const board = useView('month.board', `/api/months/${month}/board`, { enabled: month !== '' });
  const { data: staff = [] } = useRegistry('staff');
  const { data: grants = [] } = useRegistry('grant');
  const step = useStep((answer) => go(`/enforcements/${answer.id}`, { replace: true }));
  const initial = useMemo(() => ({ doneAt: houseNow().toISOString() }), []);
  if (month === '') return <Empty>请从待办或月度看板的“措施”里选择要落实的措施。</Empty>;
  if (!measures.data || !board.data)
    return <NotThere error={measures.error ?? board.error} again={measures.refetch} />;
  const measure = measures.data.measures.find((one) => one.id === id);
  const kind = enforcedKinds.find((one) => one === measure?.kind);
  if (!measure || !kind || measure.doneBy !== undefined)
    return <Empty>这项措施已不需要落实:所依据的问题有变化,或者已经办理。</Empty>;
  const doing = may(me, byLeader.has(kind) ? 'enforcement.carryOutByLeader' : 'enforcement.carryOut');
  const leaders = new Set(
    grants.filter(({ role }) => role === 'director' || role === 'chief').map(({ person }) => person),
  );
  const send = ({ leader, doneAt, words, files }: Values): void =>
    void step.take(
      '/api/enforcements',
      (evidence) => ({
        ...{ measure: id, kind, subject: measure.subject, cases: measure.cases, doneAt, words, evidence },
        ...(leader === undefined ? {} : { leader }),
      }),
      files ?? [],
      'enforcement',
    );
  return (
    <DeskPage
      back={{ to: `/months/${month}?tab=measures`, title: '措施' }}
      title={`${measureNames[kind]}:${subjectOf(measure, board.data)}`}
      under={`${monthWords(month)} · ${measure.reason}`}
    >
      <div className="desk-columns">
        <div>
          <Section title="落实情况" className="task">
            <Form<Values>
              layout="vertical"
              requiredMark="optional"
              scrollToFirstError
              initialValues={initial}
              onFinish={send}
            >
              {doing ? null : (
                <PickItem
                  name="leader"
                  label="由哪位领导作出"
                  choices={staff
                    .filter((one) => leaders.has(one.id))
                    .map((one) => ({ value: one.id, label: one.name }))}
                  extra="内勤根据领导签批的纸质件补录,须附扫描件"
                />
              )}
              <WhenItem name="doneAt" label="落实时间" />
              <WordsItem
                name="words"
                label="内容"
                rows={6}
                max={2000}
                extra={isAnswered.has(kind) ? '对方须在考核办法规定的期限内反馈结果' : undefined}
              />
              <Form.Item
                name="files"
                label="扫描件"
                rules={doing ? [] : [{ required: true, message: '请附领导签批的扫描件' }]}
              >
                <ScanField />
              </Form.Item>
              {step.error === undefined ? null : <Refused refusal={refusalIn(step.error)} />}
              <button type="submit" className="button primary" disabled={step.busy}>
                {step.busy ? '正在保存…' : '登记落实'}
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
