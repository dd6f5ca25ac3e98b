// What was done about one measure that is neither a talk nor a letter (催办、限期整改、通报、取消评优、提请处理、约谈): its words,
// the answer where one is asked for, its withdrawal when the cases it rests on fell.
import { Form } from 'antd';
import { type ReactElement, useState } from 'react';
import { type EnforcementState, enforcementTitles } from '../../shared/enforcement.ts';
import { measureNames } from '../../shared/rulebook-frame.ts';
import type { View } from '../../shared/views.ts';
import { houseNow } from '../clock.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';
import { type Me, may } from '../visitor-here.ts';
import { Ask, WhenItem, WordsItem } from './ask.tsx';
import { EvidenceList } from './evidence.tsx';
import { freeWords, type HistoryWords, named } from './history-words.ts';
import { Desk, useView } from './kit.tsx';
import { Facts, Mark, NotThere, Section, type Tone, Way } from './page.tsx';
import { RecordPage, StepsOffered } from './record-page.tsx';
import { type Manifest, ScanField } from './scan-field.tsx';
import { monthWords } from './wall-time.ts';

type Enforcement = View<'enforcement.read'>;

const EnforcementPage = ({ me, at }: ScreenProps): ReactElement => (
  <Desk>
    <EnforcementOf me={me} id={at.id ?? ''} />
  </Desk>
);
export default EnforcementPage;

const tones: Record<EnforcementState['stage'], Tone> = {
  carriedOut: 'blue',
  answered: 'green',
  withdrawn: 'plain',
};

const eventWords: HistoryWords = (event) => {
  switch (event.type) {
    case 'enforcement.carriedOut':
      return { title: '落实措施', quoted: freeWords(event.words), weighty: true };
    case 'enforcement.answered':
      return { title: '反馈办理结果', quoted: freeWords(event.answer), weighty: true };
    case 'enforcement.withdrawn':
      return { title: '撤销:所依据的问题已撤销', quoted: freeWords(event.reason), weighty: true };
    default:
      return undefined;
  }
};

const EnforcementOf = ({ me, id }: { me: Me; id: string }): ReactElement => {
  const { data, error, refetch } = useView('enforcement.read', `/api/enforcements/${id}`);
  if (!data) return <NotThere error={error} again={refetch} />;
  const { state, names, history } = data;
  const met = named(Object.values(state.subject)[0], names);
  const words = history.findLast(({ event }) => event.type === 'enforcement.carriedOut')?.event.words;
  const late =
    state.stage === 'carriedOut' && state.answerBy !== undefined && state.answerBy < houseNow().toISOString();
  return (
    <RecordPage
      record={data}
      back={
        may(me, 'month.read')
          ? { to: `/months/${state.month}?tab=measures`, title: '措施' }
          : { to: '/todo', title: '待办' }
      }
      title={`${measureNames[state.kind]}:${met}`}
      marks={
        <>
          <Mark tone={tones[state.stage]}>{enforcementTitles[state.stage]}</Mark>
          {late ? <Mark tone="red">反馈已超期</Mark> : null}
        </>
      }
      under={[
        monthWords(state.month),
        named(state.department, names),
        ...(state.answerBy === undefined ? [] : [`应于 ${dateTimeWords(state.answerBy)} 前反馈`]),
      ].join(' · ')}
      steps={<Steps enforcement={data} />}
      words={eventWords}
    >
      <Section title="措施">
        <p className="quoted">{freeWords(words)}</p>
        <Facts
          of={[
            ['对象', met],
            ['责任单位', named(state.department, names)],
            ['落实', `${named(state.by.person, names)} ${dateTimeWords(state.doneAt)}`],
            ['登记', dateTimeWords(state.recordedAt)],
            ['反馈期限', state.answerBy === undefined ? undefined : dateTimeWords(state.answerBy)],
            [
              '反馈',
              state.answeredBy === undefined
                ? undefined
                : `${named(state.answeredBy.person, names)} ${dateTimeWords(state.answeredAt ?? '')}`,
            ],
          ]}
        />
      </Section>
      <EvidenceList me={me} record={id} entries={state.evidence} history={history} title="扫描件、反馈材料" />
      {state.cases.length === 0 ? null : (
        <Section title="所依据的问题">
          <ul className="plain-list">
            {state.cases.map((one, nth) => (
              <li key={one}>
                <Way to={`/cases/${one}`}>第 {nth + 1} 条问题</Way>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </RecordPage>
  );
};

const titles: Record<string, string> = {
  'enforcement.answer': '反馈办理结果',
  'enforcement.withdraw': '撤销措施',
};

const Steps = ({ enforcement }: { enforcement: Enforcement }): ReactElement | null => {
  const [step, setStep] = useState<string>();
  const offered = Object.keys(titles).filter((name) => enforcement.abilities.includes(name));
  if (offered.length === 0) return null;
  const at = (verb: string): string => `/api/enforcements/${enforcement.id}/${verb}`;
  const common = { onClose: () => setStep(undefined), carrier: 'enforcement' as const };
  return (
    <StepsOffered
      titles={titles}
      offered={offered}
      lead={offered.find((name) => name === 'enforcement.answer')}
      onStep={setStep}
    >
      <Ask<{ answeredAt: string; answer: string; files?: Manifest[] }>
        {...common}
        title="反馈办理结果"
        open={step === 'enforcement.answer'}
        path={at('answer')}
        initial={{ answeredAt: houseNow().toISOString() }}
        filesIn={({ files }) => files}
        fields={({ answeredAt, answer }, files) => ({ answeredAt, answer, evidence: files })}
        okText="反馈"
      >
        <WhenItem name="answeredAt" label="反馈时间" />
        <WordsItem name="answer" label="办理、整改或处理结果" rows={4} max={2000} />
        <Form.Item name="files" label="反馈材料">
          <ScanField />
        </Form.Item>
      </Ask>
      <Ask<{ reason: string }>
        {...common}
        title="撤销措施"
        open={step === 'enforcement.withdraw'}
        path={at('withdraw')}
        fields={({ reason }) => ({ reason })}
        okText="撤销"
        danger
      >
        <p className="notice">只有所依据的问题被撤销后,措施才能撤销。</p>
        <WordsItem name="reason" label="理由" />
      </Ask>
    </StepsOffered>
  );
};
