// One rectification order (整改单): what has to be put right by whom and when, with pictures before and after; put right,
// checked again, struck off, urged. Whoever put it right does not check it: the API offers the step to others.
import { Form, Input, Radio } from 'antd';
import { type ReactElement, useState } from 'react';
import { rectificationTitles, type urgingWays } from '../../shared/rectification.ts';
import type { View } from '../../shared/views.ts';
import { houseNow } from '../clock.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords, deadlineWords } from '../time-words.ts';
import { type Me, may } from '../visitor-here.ts';
import { Ask, WhenItem, WordsItem } from './ask.tsx';
import { EvidenceList } from './evidence.tsx';
import { freeWords, type HistoryWords, named, wordOf } from './history-words.ts';
import { Desk, useView } from './kit.tsx';
import { Facts, Mark, NotThere, Section, type Tone, Way } from './page.tsx';
import { RecordPage, StepsOffered } from './record-page.tsx';
import { type Manifest, ScanField } from './scan-field.tsx';

type Order = View<'rectification.read'>;
type Stage = Order['state']['stage'];

const RectificationPage = ({ me, at }: ScreenProps): ReactElement => (
  <Desk>
    <OrderOf me={me} id={at.id ?? ''} />
  </Desk>
);
export default RectificationPage;

const tones: Record<Stage, Tone> = {
  ordered: 'amber',
  done: 'blue',
  passed: 'blue',
  struckOff: 'green',
  withdrawn: 'plain',
};
const urgings: Record<(typeof urgingWays)[number], string> = {
  system: '系统',
  call: '电话',
  visit: '上门',
  message: '消息',
};

const eventWords: HistoryWords = (event) => {
  switch (event.type) {
    case 'rectification.ordered':
      return { title: '开出整改单', quoted: freeWords(event.requirement), weighty: true };
    case 'rectification.done':
      return { title: '整改完成', quoted: freeWords(event.what), weighty: true };
    case 'rectification.rechecked':
      return {
        title: event.passed === true ? '复查合格' : '复查不合格,退回整改',
        quoted: freeWords(event.opinion),
        weighty: true,
      };
    case 'rectification.struckOff':
      return { title: '销号', quoted: freeWords(event.opinion), weighty: true };
    case 'rectification.urged':
      return { title: `催办(${wordOf(urgings, event.way) ?? ''})`, quoted: freeWords(event.text) };
    case 'rectification.withdrawn':
      return { title: '撤回', quoted: freeWords(event.reason), weighty: true };
    default:
      return undefined;
  }
};

const OrderOf = ({ me, id }: { me: Me; id: string }): ReactElement => {
  const { data, error, refetch } = useView('rectification.read', `/api/rectifications/${id}`);
  if (!data) return <NotThere error={error} again={refetch} />;
  const { state, names, history } = data;
  const place = [state.grid, state.window, state.area].flatMap((one) =>
    one === undefined ? [] : [named(one, names)],
  );
  const late = state.stage === 'ordered' && state.dueBy < houseNow().toISOString();
  const ordered = history.find(({ event }) => event.type === 'rectification.ordered')?.event;
  return (
    <RecordPage
      record={data}
      back={
        may(me, 'month.read')
          ? { to: `/months/${state.month}?tab=orders`, title: '整改单' }
          : { to: '/todo', title: '待办' }
      }
      title={`整改单:${named(state.responsible, names)}`}
      marks={
        <>
          <Mark tone={tones[state.stage]}>{rectificationTitles[state.stage]}</Mark>
          {late ? <Mark tone="red">已超期</Mark> : null}
        </>
      }
      under={[...place, `期限 ${deadlineWords(state.dueBy)}`].join(' · ')}
      steps={<Steps order={data} />}
      papers={[
        { title: '整改单 PDF', path: `/api/rectifications/${id}/paper?of=order`, name: '整改单.pdf' },
        ...(state.urged > 0
          ? [{ title: '催办单 PDF', path: `/api/rectifications/${id}/paper?of=urging`, name: '催办单.pdf' }]
          : []),
      ]}
      words={eventWords}
    >
      <Section title="整改要求">
        <p className="quoted">{freeWords(ordered?.requirement)}</p>
        <Facts
          of={[
            ['责任单位', named(state.responsible, names)],
            ['地点', place.join(' ')],
            ['开单', `${named(state.orderedBy.person, names)} ${dateTimeWords(state.orderedAt)}`],
            ['期限', deadlineWords(state.dueBy)],
            ['整改', doneWords(state.doneBy, state.doneAt, names)],
            ['复查', doneWords(state.checkedBy, state.checkedAt, names)],
            ['销号', state.struckOffAt === undefined ? undefined : dateTimeWords(state.struckOffAt)],
            ['退回', state.sentBack === 0 ? undefined : `${state.sentBack} 次`],
            ['催办', state.urged === 0 ? undefined : `${state.urged} 次`],
            [
              '来自问题',
              state.case === undefined ? undefined : (
                <Way key="case" to={`/cases/${state.case}`}>
                  查看问题
                </Way>
              ),
            ],
          ]}
        />
      </Section>
      <EvidenceList
        me={me}
        record={id}
        entries={state.evidence}
        history={history}
        title="整改前后照片"
        reason={
          data.abilities.includes('rectification.recheck')
            ? '复查整改情况'
            : data.abilities.includes('rectification.finish')
              ? '办理整改单'
              : undefined
        }
      />
    </RecordPage>
  );
};

const doneWords = (
  by: { person: string } | undefined,
  at: string | undefined,
  names: Record<string, string>,
): string | undefined =>
  by === undefined || at === undefined ? undefined : `${named(by.person, names)} ${dateTimeWords(at)}`;

const titles: Record<string, string> = {
  'rectification.finish': '整改完成',
  'rectification.recheck': '复查',
  'rectification.strikeOff': '销号',
  'rectification.urge': '催办',
  'rectification.withdraw': '撤回整改单',
};

const Steps = ({ order }: { order: Order }): ReactElement | null => {
  const [step, setStep] = useState<string>();
  const [passed, setPassed] = useState(true);
  const offered = Object.keys(titles).filter((name) => order.abilities.includes(name));
  if (offered.length === 0) return null;
  const now = houseNow().toISOString();
  const at = (verb: string): string => `/api/rectifications/${order.id}/${verb}`;
  const common = { onClose: () => setStep(undefined), carrier: 'rectification' as const };
  return (
    <StepsOffered
      titles={titles}
      offered={offered}
      lead={offered.find((name) => name !== 'rectification.withdraw')}
      onStep={setStep}
    >
      <Ask<{ doneAt: string; what: string; files: Manifest[] }>
        {...common}
        title="整改完成"
        open={step === 'rectification.finish'}
        path={at('finish')}
        initial={{ doneAt: now }}
        filesIn={({ files }) => files}
        fields={({ doneAt, what }, files) => ({ doneAt, what, evidence: files })}
        okText="登记完成"
      >
        <WhenItem name="doneAt" label="完成时间" />
        <WordsItem name="what" label="怎样整改的" max={1000} />
        <Form.Item name="files" label="整改后照片" rules={[{ required: true, message: '请附整改后照片' }]}>
          <ScanField scan={false} />
        </Form.Item>
      </Ask>
      <Ask<{ outcome: string; checkedAt: string; opinion: string; dueOn?: string; files?: Manifest[] }>
        {...common}
        title="复查"
        open={step === 'rectification.recheck'}
        path={at('recheck')}
        initial={{ outcome: 'passed', checkedAt: now }}
        filesIn={({ files }) => files}
        fields={({ outcome, checkedAt, opinion, dueOn }, files) => ({
          passed: outcome === 'passed',
          checkedAt,
          opinion,
          ...(outcome === 'passed' || dueOn === undefined || dueOn === '' ? {} : { dueOn }),
          evidence: files,
        })}
        okText="登记复查"
      >
        <Form.Item name="outcome" label="结果" rules={[{ required: true }]}>
          <Radio.Group
            onChange={({ target }) => setPassed(target.value === 'passed')}
            options={[
              { value: 'passed', label: '合格' },
              { value: 'back', label: '不合格,退回整改' },
            ]}
          />
        </Form.Item>
        <WhenItem name="checkedAt" label="复查时间" />
        <WordsItem name="opinion" label="复查意见" />
        {passed ? null : (
          <Form.Item name="dueOn" label="新的期限" extra="不填则按考核办法的整改期限">
            <Input type="date" />
          </Form.Item>
        )}
        <Form.Item name="files" label="复查照片">
          <ScanField scan={false} />
        </Form.Item>
      </Ask>
      <Ask<{ opinion?: string }>
        {...common}
        title="销号"
        open={step === 'rectification.strikeOff'}
        path={at('strike-off')}
        fields={({ opinion }) => (opinion === undefined || opinion.trim() === '' ? {} : { opinion })}
        okText="销号"
      >
        <WordsItem name="opinion" label="意见" optional />
      </Ask>
      <Ask<{ way: string; text: string }>
        {...common}
        title="催办"
        open={step === 'rectification.urge'}
        path={at('urge')}
        initial={{ way: 'call' }}
        fields={({ way, text }) => ({ way, text })}
        okText="登记催办"
      >
        <Form.Item name="way" label="怎样催办" rules={[{ required: true }]}>
          <Radio.Group
            options={(['call', 'visit', 'message'] as const).map((value) => ({
              value,
              label: urgings[value],
            }))}
          />
        </Form.Item>
        <WordsItem name="text" label="催办内容" />
      </Ask>
      <Ask<{ reason: string }>
        {...common}
        title="撤回整改单"
        open={step === 'rectification.withdraw'}
        path={at('withdraw')}
        fields={({ reason }) => ({ reason })}
        okText="撤回"
        danger
      >
        <p className="notice">由问题转来的,撤回后该问题退回核实。</p>
        <WordsItem name="reason" label="理由" />
      </Ask>
    </StepsOffered>
  );
};
