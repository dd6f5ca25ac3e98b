// Carrying out a measure that the month asks for and recording it: by whoever may, or by the clerk from a leader's paper.
import { Form } from 'antd';
import { type ReactElement, useMemo } from 'react';
import { byLeader, enforcedKinds, isAnswered } from '../../shared/enforcement.ts';
import { houseNow } from '../clock.ts';
import { go } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { type Me, may } from '../visitor-here.ts';
import { PickItem, useStep, WhenItem, WordsItem } from './ask.tsx';
import { useOfficers } from './hall-register.ts';
import { Desk } from './kit.tsx';
import { MeasureForm, useMeasureDue } from './measure-due.tsx';
import { type Manifest, ScanField } from './scan-field.tsx';

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
  const leaders = useOfficers(['director', 'chief'], { lately: true });
  const step = useStep((answer) => go(`/enforcements/${answer.id}`, { replace: true }));
  const initial = useMemo(() => ({ doneAt: houseNow().toISOString() }), []);
  const { due, instead } = useMeasureDue('措施', (one) =>
    one.doneBy === undefined ? enforcedKinds.find((kind) => kind === one.kind) : undefined,
  );
  if (!due) return instead;
  const { measure, month, met: kind } = due;
  const doing = may(me, byLeader.has(kind) ? 'enforcement.carryOutByLeader' : 'enforcement.carryOut');
  const send = ({ leader, doneAt, words, files }: Values): void =>
    void step.take(
      '/api/enforcements',
      (evidence) => ({
        ...{
          measure: measure.id,
          kind,
          subject: measure.subject,
          cases: measure.cases,
          doneAt,
          words,
          evidence,
        },
        ...(leader === undefined ? {} : { leader }),
      }),
      files ?? [],
      'enforcement',
    );
  return (
    <MeasureForm<Values>
      due={due}
      back={{ to: `/months/${month}?tab=measures`, title: '措施' }}
      title="落实情况"
      initial={initial}
      step={step}
      send={send}
      okText="登记落实"
    >
      {doing ? null : (
        <PickItem
          name="leader"
          label="由哪位领导作出"
          choices={leaders}
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
    </MeasureForm>
  );
};
