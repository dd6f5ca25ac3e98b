// One talk: what was said, and what is still to be done with its record: signing, refusal, filing, withdrawal.
import { Form, Radio } from 'antd';
import { type ReactElement, useState } from 'react';
import * as z from 'zod';
import { violationType } from '../../shared/catalog.ts';
import { talkTitles } from '../../shared/talk.ts';
import type { View } from '../../shared/views.ts';
import { houseNow } from '../clock.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';
import type { Me } from '../visitor-here.ts';
import { Ask, PickItem, WhenItem, WordsItem } from './ask.tsx';
import { EvidenceList } from './evidence.tsx';
import { useRegistry } from './hall-register.ts';
import { freeWords, type HistoryWords, named, peopleWords } from './history-words.ts';
import { Desk, useView } from './kit.tsx';
import { Facts, Mark, NotThere, Section, Way } from './page.tsx';
import { RecordPage, StepsOffered } from './record-page.tsx';
import { type Manifest, ScanField } from './scan-field.tsx';
import { talkStages } from './talks.tsx';
import { dayWords } from './wall-time.ts';

type Talk = View<'talk.read'>;
const promised = z.object({ text: z.unknown() });

const TalkPage = ({ me, at }: ScreenProps): ReactElement => (
  <Desk>
    <TalkOf me={me} id={at.id ?? ''} />
  </Desk>
);
export default TalkPage;

const eventWords: HistoryWords = (event) => {
  switch (event.type) {
    case 'talk.held':
      return { title: '谈话并记录', weighty: true };
    case 'talk.signed':
      return { title: event.way === 'paper' ? '纸质签字,扫描件已附' : '平板签字' };
    case 'talk.refused':
      return { title: '拒绝签字,两人见证', quoted: freeWords(event.reason), weighty: true };
    case 'talk.filed':
      return { title: '归档', weighty: true };
    case 'talk.withdrawn':
      return { title: '撤销:所依据的问题已撤销', quoted: freeWords(event.reason), weighty: true };
    default:
      return undefined;
  }
};

const TalkOf = ({ me, id }: { me: Me; id: string }): ReactElement => {
  const { data, error, refetch } = useView('talk.read', `/api/talks/${id}`);
  if (!data) return <NotThere error={error} again={refetch} />;
  const { state, names } = data;
  const { word, tone } = talkStages[state.stage];
  const held = data.history.findLast(({ event }) => event.type === 'talk.held')?.event;
  const promise = promised.safeParse(held?.promise);
  return (
    <RecordPage
      record={data}
      back={{ to: `/talks?month=${state.month}`, title: '谈话' }}
      title={`${talkTitles[state.kind]}:${named(state.person, names)}`}
      marks={<Mark tone={tone}>{word}</Mark>}
      under={`${dateTimeWords(state.heldAt)} · ${named(state.department, names)}`}
      steps={<Steps me={me} talk={data} />}
      papers={[
        {
          title: '谈话记录 PDF',
          path: `/api/talks/${id}/paper?form=pdf`,
          name: `谈话记录 ${named(state.person, names)}.pdf`,
        },
      ]}
      words={eventWords}
    >
      <Section title="谈话记录">
        <Facts
          of={[
            ['谈话人', named(state.talker.person, names)],
            ['记录人', named(state.recorder, names)],
            ['谈话对象', `${named(state.person, names)}(${named(state.department, names)})`],
            ['时间', dateTimeWords(state.heldAt)],
            ['地点', freeWords(held?.place)],
            ['整改承诺', promise.success ? freeWords(promise.data.text) : undefined],
            ['整改期限', state.promisedBy === undefined ? undefined : dayWords(state.promisedBy)],
            ['抄送', state.copies.length === 0 ? undefined : peopleWords(state.copies, names)],
          ]}
        />
        {(
          [
            ['事由', held?.reason],
            ['谈话内容', held?.content],
            ['谈话对象的陈述', held?.statement],
          ] as const
        ).map(([title, text]) => (
          <div key={title} className="said">
            <h3>{title}</h3>
            <p className="quoted">{freeWords(text)}</p>
          </div>
        ))}
      </Section>
      <EvidenceList
        me={me}
        record={id}
        entries={state.evidence}
        history={data.history}
        reason={data.abilities.includes('talk.file') ? '谈话记录归档核对' : undefined}
        title="扫描件"
      />
      <Section title="所依据的问题">
        <ul className="plain-list">
          {state.cases.map((one) => (
            <CaseLine key={one} id={one} />
          ))}
        </ul>
      </Section>
    </RecordPage>
  );
};

/** Which problem it was, as far as this reader may know. */
const CaseLine = ({ id }: { id: string }): ReactElement => {
  const { data } = useView('case.read', `/api/cases/${id}`);
  return (
    <li>
      <Way to={`/cases/${id}`}>
        {data === undefined
          ? '查看问题'
          : `${dateTimeWords(data.state.happened.from)} ${violationType(data.state.type)?.name ?? data.state.type}`}
      </Way>
    </li>
  );
};

const titles: Record<string, string> = {
  'talk.sign': '签字确认',
  'talk.refuse': '拒绝签字',
  'talk.file': '归档',
  'talk.withdraw': '撤销谈话',
};

const Steps = ({ me, talk }: { me: Me; talk: Talk }): ReactElement | null => {
  const [step, setStep] = useState<string>();
  const [way, setWay] = useState('tablet');
  const { data: staff = [] } = useRegistry('staff', { enabled: step === 'talk.refuse' });
  const offered = Object.keys(titles).filter((name) => talk.abilities.includes(name));
  if (offered.length === 0) return null;
  const close = (): void => setStep(undefined);
  const at = (verb: string): string => `/api/talks/${talk.id}/${verb}`;
  const now = houseNow().toISOString();
  return (
    <StepsOffered
      titles={titles}
      offered={offered}
      lead={offered.find((name) => name !== 'talk.withdraw')}
      onStep={setStep}
    >
      <Ask<{ way: 'tablet' | 'paper'; signedAt: string; files?: Manifest[] }>
        title={talk.state.person === me.person ? '确认谈话记录' : '谈话对象签字'}
        open={step === 'talk.sign'}
        onClose={close}
        path={at('sign')}
        carrier="talk"
        initial={{ way: 'tablet', signedAt: now }}
        filesIn={({ files }) => files}
        fields={(values, files) => ({ way: values.way, signedAt: values.signedAt, evidence: files })}
        okText="登记签字"
      >
        <Form.Item name="way" label="签字方式" rules={[{ required: true }]}>
          <Radio.Group
            onChange={(event) => setWay(String(event.target.value))}
            options={[
              { value: 'tablet', label: '平板签字' },
              { value: 'paper', label: '纸质签字' },
            ]}
          />
        </Form.Item>
        <WhenItem name="signedAt" label="签字时间" />
        <Form.Item
          name="files"
          label="签字页扫描件"
          rules={way === 'paper' ? [{ required: true, message: '请附签字页' }] : []}
        >
          <ScanField />
        </Form.Item>
      </Ask>
      <Ask<{ refusedAt: string; witnesses: string[]; reason: string; files?: Manifest[] }>
        title="拒绝签字"
        open={step === 'talk.refuse'}
        onClose={close}
        path={at('refuse')}
        carrier="talk"
        initial={{ refusedAt: now }}
        filesIn={({ files }) => files}
        fields={({ refusedAt, witnesses, reason }, files) => ({
          refusedAt,
          witnesses,
          reason,
          evidence: files,
        })}
        okText="登记"
      >
        <WhenItem name="refusedAt" label="拒签时间" />
        <PickItem
          name="witnesses"
          label="见证人(两名以上,不含谈话双方)"
          many
          choices={staff
            .filter(({ id }) => id !== talk.state.person && id !== talk.state.talker.person)
            .map(({ id, name }) => ({ value: id, label: name }))}
        />
        <WordsItem name="reason" label="拒签情况" />
        <Form.Item
          name="files"
          label="见证人签字的记录"
          rules={[{ required: true, message: '请附两名见证人签字的记录' }]}
        >
          <ScanField />
        </Form.Item>
      </Ask>
      <Ask<object>
        title="谈话记录归档"
        open={step === 'talk.file'}
        onClose={close}
        path={at('file')}
        fields={() => ({})}
        okText="归档"
      >
        <p>归档后谈话办结。</p>
      </Ask>
      <Ask<{ reason: string }>
        title="撤销谈话"
        open={step === 'talk.withdraw'}
        onClose={close}
        path={at('withdraw')}
        fields={({ reason }) => ({ reason })}
        okText="撤销"
        danger
      >
        <p className="notice">只有所依据的问题被撤销后,谈话才能撤销。</p>
        <WordsItem name="reason" label="理由" />
      </Ask>
    </StepsOffered>
  );
};
