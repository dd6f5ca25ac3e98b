// Drafting: a letter about single cases that a measure asks for, or the monthly letter and bulletin of a frozen month.
// The facts are counted by the house; the clerk words the text around them.
import { Form, Input, InputNumber, Select } from 'antd';
import { type ReactElement, useEffect, useMemo, useState } from 'react';
import { countText } from '../../shared/letter.ts';
import { measureNames } from '../../shared/rulebook-frame.ts';
import type { View } from '../../shared/views.ts';
import { post, read } from '../client.ts';
import { Empty, Refused } from '../parts/words.tsx';
import { go, useAsked } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { SelectSeveral } from './ask.tsx';
import { useRegistry } from './hall-register.ts';
import { Desk, refusalIn, useAsking, useCommand, useView } from './kit.tsx';
import { letterKinds, letterStages } from './letter-labels.ts';
import { LetterMailing } from './letter-mailing.tsx';
import { subjectOf } from './measures.tsx';
import { DeskPage, Facts, NotThere, Section, Way } from './page.tsx';
import { dayWords, monthWords } from './wall-time.ts';

type Proposal = View<'letter.proposal'>;

const LetterNew = (_props: ScreenProps): ReactElement => (
  <Desk>
    <Ways />
  </Desk>
);
export default LetterNew;

const Ways = (): ReactElement => {
  const asked = useAsked();
  const measure = asked.get('measure');
  return measure === null ? <OfMonth /> : <OfMeasure id={measure} />;
};

const FactsOf = ({ facts }: { facts: Proposal['facts'] }): ReactElement => (
  <Section title="事实(由系统统计,不能改动)">
    <Facts
      of={[
        ['期间', `${dayWords(facts.period.from)}至${dayWords(facts.period.to)}`],
        ['问题', `${facts.cases} 条`],
        ['违规', countText(facts.total)],
        [
          '程度',
          `轻微 ${countText(facts.severities.minor)} · 明显 ${countText(facts.severities.evident)} · 严重 ${countText(facts.severities.serious)}`,
        ],
        ['谈话', `科室 ${facts.measures.sectionTalks} 次,领导 ${facts.measures.directorTalks} 次`],
        ['复核中', facts.underReview === 0 ? undefined : `${facts.underReview} 条`],
      ]}
    />
    <ul className="clause-list">
      {facts.clauses.map((one) => (
        <li key={one.clause}>
          {one.title}:{countText(one.of)}
        </li>
      ))}
    </ul>
  </Section>
);

interface Text {
  title: string;
  body: string;
  reply?: number;
}

interface TextFormProps {
  proposal: Proposal;
  /** Absent where no reply can be asked. */
  reply: number | undefined;
  busy: boolean;
  error: unknown;
  onSend(text: Text): void;
}

const written = [{ required: true, whitespace: true, message: '请填写' }];

const TextForm = ({ proposal, reply, busy, error, onSend }: TextFormProps): ReactElement => {
  const [form] = Form.useForm<Text>();
  useEffect(() => {
    form.setFieldsValue({ title: proposal.title, body: proposal.body });
  }, [form, proposal]);
  return (
    <Section title="函稿" className="task">
      <Form<Text>
        form={form}
        layout="vertical"
        requiredMark="optional"
        initialValues={{ title: proposal.title, body: proposal.body, reply }}
        onFinish={onSend}
      >
        <Form.Item name="title" label="标题" rules={written}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="body"
          label="正文"
          rules={written}
          extra="每行一段。正文不写人员姓名,名单只在密封附件中。"
        >
          <Input.TextArea autoSize={{ minRows: 10, maxRows: 30 }} maxLength={5000} className="body-field" />
        </Form.Item>
        {reply === undefined ? null : (
          <Form.Item name="reply" label="复函期限(工作日)" extra="0 为不要求复函">
            <InputNumber min={0} max={60} precision={0} />
          </Form.Item>
        )}
        {error ? <Refused refusal={refusalIn(error)} /> : null}
        <button type="submit" className="button primary" disabled={busy}>
          {busy ? '正在拟稿…' : '提交核稿'}
        </button>
      </Form>
    </Section>
  );
};

interface DraftedProps {
  month: string;
  kind: 'bulletin' | 'monthly';
  department: string | undefined;
}
/** A month has one bulletin, and one letter for each department: whoever drafts another is told of the first. */
const DraftedBefore = ({ month, kind, department }: DraftedProps): ReactElement | null => {
  const { data } = useView('letter.list', `/api/letters?month=${month}&limit=200`);
  const found = data?.items.find(
    ({ state }) =>
      state.kind === kind &&
      (kind === 'bulletin' || state.department === department) &&
      state.stage !== 'void' &&
      state.stage !== 'withdrawn',
  );
  return found ? (
    <p className="notice">
      {monthWords(month)}已有一份{letterKinds[kind]}({letterStages[found.state.stage].word}):
      <Way to={`/letters/${found.id}`}>{found.state.documentNumber ?? found.state.title}</Way>
      。确需另拟的,再提交。
    </p>
  ) : null;
};

const OfMonth = (): ReactElement => {
  const months = useView('month.list', '/api/months');
  const { data: departments = [] } = useRegistry('department');
  const [kind, setKind] = useState<'bulletin' | 'monthly'>('bulletin');
  const [month, setMonth] = useState<string>();
  const [department, setDepartment] = useState<string>();
  const frozen = months.data?.items.filter(({ stage }) => stage === 'frozen') ?? [];
  const of = month ?? frozen[0]?.month ?? '';
  const ready = of !== '' && (kind === 'bulletin' || department !== undefined);
  const query = kind === 'bulletin' ? 'kind=bulletin' : `kind=monthly&department=${department}`;
  const proposal = useView('letter.proposal', `/api/months/${of}/letter-proposal?${query}`, {
    enabled: ready,
  });
  const drafting = useAsking('answer', ({ id }) => go(`/letters/${id}`, { replace: true }));
  const id = useMemo(() => crypto.randomUUID(), []);
  if (!months.data) return <NotThere error={months.error} again={months.refetch} />;
  return (
    <DeskPage
      back={{ to: '/letters', title: '函告与通报' }}
      title="拟月度函、通报"
      under="只有已定稿的月份可以拟稿。"
    >
      {frozen.length === 0 ? <Empty>还没有定稿的月份。月度定稿后再来拟稿。</Empty> : null}
      <div className="filter-bar">
        <Select
          aria-label="种类"
          value={kind}
          onChange={setKind}
          style={{ width: 180 }}
          options={[
            { value: 'bulletin', label: '月度通报' },
            { value: 'monthly', label: '月度考核情况函' },
          ]}
        />
        <Select
          aria-label="月份"
          value={of === '' ? undefined : of}
          onChange={setMonth}
          style={{ width: 160 }}
          options={frozen.map((one) => ({ value: one.month, label: monthWords(one.month) }))}
        />
        {kind === 'monthly' ? (
          <Select
            aria-label="主送部门"
            showSearch={{ optionFilterProp: 'label' }}
            allowClear
            placeholder="选一个部门,或一次拟好"
            value={department}
            onChange={setDepartment}
            style={{ width: 280 }}
            options={departments.map((one) => ({ value: one.id, label: one.name }))}
          />
        ) : null}
      </div>
      {kind === 'monthly' && department === undefined && of !== '' ? <LetterMailing month={of} /> : null}
      {ready && !proposal.data ? <NotThere error={proposal.error} again={proposal.refetch} /> : null}
      {proposal.data ? (
        <div className="desk-columns">
          <div>
            {drafting.isPending || drafting.isSuccess ? null : (
              <DraftedBefore month={of} kind={kind} department={department} />
            )}
            <TextForm
              proposal={proposal.data}
              reply={kind === 'bulletin' ? undefined : 0}
              busy={drafting.isPending}
              error={drafting.error}
              onSend={(text) =>
                drafting.mutate({
                  path: '/api/letters/draft-from-month',
                  fields: {
                    commandId: id,
                    month: of,
                    kind,
                    ...(kind === 'monthly' ? { department } : {}),
                    title: text.title,
                    body: text.body,
                    replyWorkingDays: text.reply ?? 0,
                  },
                })
              }
            />
          </div>
          <div>
            <FactsOf facts={proposal.data.facts} />
          </div>
        </div>
      ) : null}
    </DeskPage>
  );
};

/** A letter that a measure asks for: its cases are given, evidence goes along where the measure says so. */
const OfMeasure = ({ id }: { id: string }): ReactElement => {
  const month = /-(20\d\d-\d\d)-/.exec(id)?.[1] ?? '';
  const measures = useView('month.measures', `/api/months/${month}/measures`, { enabled: month !== '' });
  const board = useView('month.board', `/api/months/${month}/board`, { enabled: month !== '' });
  const measure = measures.data?.measures.find((one) => one.id === id);
  const department = measure && 'department' in measure.subject ? measure.subject.department : undefined;
  const kind = measure?.kind === 'letterWithEvidence' ? 'evidence' : 'violation';
  const cases = useMemo(() => measure?.cases.slice(0, 15) ?? [], [measure]);
  const shares = useShares(kind === 'evidence' ? cases : []);
  const [chosen, setChosen] = useState<string[]>();
  const taken = chosen ?? (shares ?? []).map(({ value }) => value).slice(0, 12);
  // The text says how many files go along: it is asked for when they are known.
  const asked =
    measure && department !== undefined && shares !== undefined
      ? { kind, month, department, cases, shares: taken.length }
      : undefined;
  const proposal = useProposal(asked);
  const drafting = useCommand(({ id: made }) => go(`/letters/${made}`, { replace: true }));
  if (!measures.data || !board.data)
    return <NotThere error={measures.error ?? board.error} again={measures.refetch} />;
  if (!measure || department === undefined)
    return <Empty>这件函告已不需要拟稿:所依据的问题有变化,或者已经办理。</Empty>;
  const numbers = new Map(board.data.cases.map((one) => [one.id, one.number]));
  return (
    <DeskPage
      back={{ to: '/letters', title: '函告与通报' }}
      title={`${measureNames[measure.kind]}:${subjectOf(measure, board.data)}`}
      under={`${monthWords(month)} · ${measure.reason}`}
    >
      {proposal?.error ? <Refused refusal={proposal.error} /> : null}
      <div className="desk-columns">
        <div>
          {proposal?.value ? (
            <TextForm
              proposal={proposal.value}
              reply={10}
              busy={drafting.isPending}
              error={drafting.error}
              onSend={(text) =>
                drafting.mutate({
                  path: '/api/letters',
                  fields: {
                    kind,
                    month,
                    department,
                    measure: id,
                    cases,
                    shares: kind === 'evidence' ? taken : [],
                    title: text.title,
                    body: text.body,
                    ...(text.reply === undefined ? {} : { replyWorkingDays: text.reply }),
                  },
                })
              }
            />
          ) : null}
        </div>
        <div>
          {proposal?.value ? <FactsOf facts={proposal.value.facts} /> : null}
          <Section title="所列问题">
            <ul className="plain-list">
              {cases.map((one) => (
                <li key={one}>
                  <Way to={`/cases/${one}`}>{numbers.get(one) ?? '查看问题'}</Way>
                </li>
              ))}
            </ul>
            {kind === 'evidence' ? (
              <SelectSeveral
                aria-label="随函证据"
                placeholder="选择随函的音视频、照片"
                options={shares ?? []}
                value={taken}
                onChange={setChosen}
                style={{ width: '100%', marginTop: 12 }}
              />
            ) : null}
          </Section>
        </div>
      </div>
    </DeskPage>
  );
};

interface Asked {
  kind: string;
  month: string;
  department: string;
  cases: string[];
  shares: number;
}

const useProposal = (asked: Asked | undefined) => {
  const [answer, setAnswer] = useState<{ value?: Proposal; error?: ReturnType<typeof refusalIn> }>();
  const what = JSON.stringify(asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `what` is all of `asked`
  useEffect(() => {
    if (asked === undefined) return;
    let here = true;
    void post('letter.proposal', '/api/letters/proposal', { ...asked }).then((outcome) => {
      if (here) setAnswer(outcome.ok ? { value: outcome.value } : { error: outcome.refusal });
    });
    return () => {
      here = false;
    };
  }, [what]);
  return answer;
};

/** Every received file of the cases, as `<case>~<n>`; undefined until they were asked for. */
const useShares = (cases: readonly string[]): { value: string; label: string }[] | undefined => {
  const [found, setFound] = useState<{ of: string; files: { value: string; label: string }[] }>();
  const what = cases.join(' ');
  useEffect(() => {
    let here = true;
    void Promise.all(what.split(' ').flatMap((id) => (id === '' ? [] : [readFiles(id)]))).then((all) => {
      if (here) setFound({ of: what, files: all.flat() });
    });
    return () => {
      here = false;
    };
  }, [what]);
  return found?.of === what ? found.files : undefined;
};

const kindWords = { photo: '照片', video: '视频', audio: '录音', document: '文件' } as const;
const readFiles = async (id: string): Promise<{ value: string; label: string }[]> => {
  const found = await read('case.read', `/api/cases/${id}`);
  if (!found.ok) return [];
  const { number, evidence } = found.value.state;
  return evidence
    .filter(({ state }) => state === 'received')
    .map(({ n, kind }) => ({ value: `${id}~${n}`, label: `${number ?? ''} ${kindWords[kind]} ${n}` }));
};
