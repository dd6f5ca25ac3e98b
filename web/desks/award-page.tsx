// One title: who is in and why, who is out and why, nominations, the meeting's list, the draw, publicity and objections.
import { Form, Radio } from 'antd';
import { type ReactElement, useState } from 'react';
import * as z from 'zod';
import { barredBy } from '../../shared/committee.ts';
import { inPublicity, publicityEnds } from '../../shared/publicity.ts';
import { titleWords } from '../../shared/term-words.ts';
import { houseNow } from '../clock.ts';
import { holdsToday } from '../roster-read.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';
import { counted, whose } from '../title-words.ts';
import { holds, type Me, may } from '../visitor-here.ts';
import { Ask, PickItem, WordsItem } from './ask.tsx';
import { AwardDecide } from './award-decide.tsx';
import { type Award, outcomes, type Proposal, whyWords } from './award-words.ts';
import { awardStage } from './awards.tsx';
import { EvidenceList } from './evidence.tsx';
import { useRegistry } from './hall-register.ts';
import { freeWords, type HistoryWords, named, peopleWords } from './history-words.ts';
import { Desk, useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { Facts, Mark, NotThere, Section } from './page.tsx';
import { RecordPage, StepsOffered } from './record-page.tsx';
import { type Manifest, ScanField } from './scan-field.tsx';

const AwardPage = ({ me, at }: ScreenProps): ReactElement => (
  <Desk>
    <AwardOf me={me} id={at.id ?? ''} />
  </Desk>
);
export default AwardPage;

const sitting = z.array(z.looseObject({ id: z.string() })).catch([]);
const listedIn = (list: unknown): string[] => sitting.parse(list).map(({ id }) => id);
const barred = z.array(z.object({ id: z.string(), why: z.string() })).catch([]);
const barredIn = (list: unknown): { id: string; why: string }[] => barred.parse(list);

const eventWords =
  (byLot: boolean): HistoryWords =>
  (event, names) => {
    switch (event.type) {
      case 'award.opened':
        return { title: `启动评选,名额 ${String(event.quota)}`, weighty: true };
      case 'award.reassessed':
        return { title: '重新核定资格' };
      case 'award.nominated':
        return {
          title: `${event.self === true ? '自荐' : '推荐'} ${named(String(event.person), names)}`,
          quoted: freeWords(event.material),
        };
      case 'award.nominationTakenBack':
        return { title: `撤回推荐 ${named(String(event.person), names)}` };
      case 'award.decided':
        return { title: '会议研究确定名单', quoted: freeWords(event.minutes), weighty: true };
      case 'award.committeeCalled':
        return {
          title: `公布评审组${byLot ? '候选' : ''}名单:${peopleWords(listedIn(event.list), names)}`,
          more: `${byLot ? '抽签依据' : '产生办法'}:${String(event.source)}`,
        };
      case 'award.committeeDrawn':
        return {
          title: `评审组:${peopleWords(event.seats, names)}`,
          more: [
            event.publicNumber === undefined
              ? ''
              : `公共号码 ${String(event.publicNumber)};按名单和号码人人可复核`,
            ...barredIn(event.barred).map(({ id, why }) => `${named(id, names)}:${why}`),
          ]
            .filter((part) => part !== '')
            .join(';'),
          weighty: true,
        };
      case 'award.drawn':
        return {
          title: `公开抽签:${peopleWords(event.winners, names)}`,
          more: `公共号码 ${String(event.publicNumber)};按名单和号码人人可复核`,
          weighty: true,
        };
      case 'award.published':
        return {
          title: `公示 ${peopleWords(event.persons, names)}`,
          more: typeof event.until === 'string' ? `至 ${dateTimeWords(event.until)}` : '',
          weighty: true,
        };
      case 'award.objected':
        return {
          title: `第 ${String(event.n)} 项异议${event.about === undefined ? '' : `:关于${named(String(event.about), names)}`}`,
          quoted: freeWords(event.grounds),
        };
      case 'award.objectionAnswered':
        return {
          title: `答复第 ${String(event.n)} 项异议:${event.outcome === 'upheld' ? '成立' : '不成立'}`,
          quoted: freeWords(event.reason),
        };
      case 'award.withdrawn':
        return {
          title: `撤销 ${named(String(event.person), names)}`,
          quoted: freeWords(event.reason),
          weighty: true,
        };
      case 'award.movedUp':
        return { title: `递补 ${named(String(event.person), names)}`, weighty: true };
      case 'award.announced':
        return { title: `公布 ${peopleWords(event.persons, names)}`, weighty: true };
      default:
        return undefined;
    }
  };

const AwardOf = ({ me, id }: { me: Me; id: string }): ReactElement => {
  const { data, error, refetch } = useView('award.read', `/api/awards/${id}`);
  const proposal = useView('award.proposal', `/api/awards/${id}/proposal`, {
    enabled: may(me, 'award.readProposal'),
  });
  if (!data) return <NotThere error={error} again={refetch} />;
  const { state } = data;
  const names = { ...proposal.data?.names, ...data.names };
  const what = titleWords(state);
  const { word, tone } = awardStage(state);
  // What waits for this person's answer comes first.
  const asked =
    data.abilities.includes('award.answerObjection') &&
    (state.objections ?? []).some(({ answer }) => answer === undefined);
  const seated = state.committee === undefined || state.committee.sitting !== undefined;
  const deciding = data.abilities.includes('award.decide') && seated;
  return (
    <RecordPage
      record={{ ...data, names }}
      back={
        // Window staff come here from their own page, and the list of titles is not theirs.
        holds(me, 'staff')
          ? { to: '/mine', title: '我的' }
          : { to: `/awards?month=${state.month}`, title: '评选' }
      }
      title={what}
      marks={<Mark tone={tone}>{word}</Mark>}
      under={[
        `名额 ${state.quota} 个 · 参评 ${counted(state.candidates, state)}`,
        // Who may not see the candidates is not told a number that looks like theirs.
        ...(may(me, 'award.readProposal')
          ? [
              `符合条件 ${counted(state.eligible.length, state)} · 已推荐 ${counted(state.nominated.length, state)}`,
            ]
          : []),
        ...waitsFor(state),
      ].join(' · ')}
      steps={
        <>
          {asked ? <Objections award={data} names={names} /> : null}
          <Steps me={me} award={data} names={names} />
        </>
      }
      papers={
        // Before the lots are drawn the list is not whole.
        state.recipients === undefined || state.stage === 'toDraw'
          ? []
          : [
              {
                title: '公示 PDF',
                path: `/api/awards/${id}/paper?of=publicity`,
                name: `${what}公示.pdf`,
              },
              // Nobody is commended before the title is theirs.
              ...(state.recipients.some(({ announcedAt }) => announcedAt !== undefined)
                ? [
                    {
                      title: '表彰通报 PDF',
                      path: `/api/awards/${id}/paper?of=commendation`,
                      name: `${what}表彰通报.pdf`,
                    },
                  ]
                : []),
            ]
      }
      beside={asked ? null : <Objections award={data} names={names} />}
      words={eventWords(state.committee?.byLot === true)}
    >
      {state.committee?.sitting ? (
        <Section title="评审组">
          <Facts
            of={[
              ['成员', peopleWords(state.committee.sitting.seats, names)],
              [
                '候补',
                state.committee.sitting.reserve.length === 0
                  ? undefined
                  : peopleWords(state.committee.sitting.reserve, names),
              ],
            ]}
          />
        </Section>
      ) : null}
      {state.recipients ? <Recipients award={data} names={names} /> : null}
      {proposal.data === undefined && may(me, 'award.readProposal') && state.recipients === undefined ? (
        <NotThere error={proposal.error} again={proposal.refetch} />
      ) : null}
      {seated || state.stage !== 'open' ? null : (
        <p className="notice">
          本项评选须先产生评审组({state.committee?.seats} 人),再研究确定。
          {state.committee?.called !== undefined
            ? '名单已公布,待内勤按公共号码抽签。'
            : '推荐结束后由内勤公布评审组名单;评审组产生后不再推荐。'}
        </p>
      )}
      {deciding && proposal.data ? (
        <AwardDecide award={data} proposal={proposal.data} names={names} />
      ) : proposal.data && state.recipients === undefined ? (
        <Standings proposal={proposal.data} names={names} state={state} />
      ) : null}
      {state.evidence.length > 0 ? (
        <EvidenceList
          {...{ me, record: id, entries: state.evidence, history: data.history }}
          givenFor={(event, { announcedIn }) => {
            if (event.type !== 'award.nominated') return undefined;
            const stands = state.nominated.some((one) => one.announcedIn === announcedIn);
            return `推荐${named(String(event.person), names)}${stands ? '' : '(已撤回)'}`;
          }}
          title="材料"
        />
      ) : null}
    </RecordPage>
  );
};

interface StandingsProps {
  proposal: Proposal;
  names: Record<string, string>;
  state: Award['state'];
}
/** While people are still put forward, those who were; everybody of the hall on request. */
const Standings = ({ proposal, names, state }: StandingsProps): ReactElement => {
  const put = new Set(state.nominated.map(({ person }) => person));
  const [all, setAll] = useState(!state.mustBeNominated);
  return (
    <Section
      title="候选人"
      aside={
        state.mustBeNominated ? (
          <fieldset className="segments" aria-label="范围">
            <button type="button" aria-pressed={!all} onClick={() => setAll(false)}>
              已推荐 {put.size}
            </button>
            <button type="button" aria-pressed={all} onClick={() => setAll(true)}>
              全部 {proposal.standings.length}
            </button>
          </fieldset>
        ) : (
          <span className="quiet">为何入选、为何未入选</span>
        )
      }
    >
      <Ledger
        caption="候选人排序"
        rows={all ? proposal.standings : proposal.standings.filter(({ candidate }) => put.has(candidate))}
        idOf={(row) => row.candidate}
        empty={`还没有推荐。由首席代表在“本部门”页推荐${state.selfNomination ? ',本人也可以在“我的”页自荐' : ''}。`}
        framed
        columns={[
          {
            key: 'place',
            title: '名次',
            number: true,
            cell: (row) => row.place ?? '',
            by: (row) => row.place ?? 9999,
          },
          {
            key: 'name',
            title: whose(state),
            cell: (row) => named(row.candidate, names),
            by: (row) => named(row.candidate, names),
          },
          {
            key: 'outcome',
            title: '排序结果',
            cell: (row) => <Mark tone={outcomes[row.outcome].tone}>{outcomes[row.outcome].word}</Mark>,
            by: (row) => row.outcome,
          },
          { key: 'why', title: '依据', cell: (row) => whyWords(row, names), long: true },
        ]}
      />
    </Section>
  );
};

const Recipients = ({ award, names }: { award: Award; names: Record<string, string> }): ReactElement => {
  const { recipients = [], reserve = [], withdrawn = [], draw } = award.state;
  return (
    <Section title="人选">
      <Ledger
        caption="人选及公示"
        rows={recipients}
        idOf={(row) => row.person}
        empty="名单待抽签确定。"
        columns={[
          {
            key: 'name',
            title: whose(award.state),
            cell: (row) => <strong>{named(row.person, names)}</strong>,
          },
          {
            key: 'publicity',
            title: '公示',
            long: true,
            cell: (row) =>
              row.publicity ? (
                <>
                  <span className="one-line">{dateTimeWords(row.publicity.from)}</span>{' '}
                  <span className="one-line">至 {dateTimeWords(row.publicity.until)}</span>
                </>
              ) : (
                '尚未公示'
              ),
          },
          ...(recipients.some(({ announcedAt }) => announcedAt !== undefined)
            ? [
                {
                  key: 'announced',
                  title: '公布',
                  long: true,
                  cell: ({ announcedAt }: (typeof recipients)[number]) =>
                    announcedAt === undefined ? (
                      ''
                    ) : (
                      <span className="one-line">{dateTimeWords(announcedAt)}</span>
                    ),
                },
              ]
            : []),
        ]}
      />
      {award.abilities.includes('award.object') &&
      recipients.some(({ publicity }) => publicity !== undefined) &&
      shownNow(award.state).length === 0 ? (
        <p className="quiet">公示期已满,不再受理异议;有意见请向督查科书面反映。</p>
      ) : null}
      <Facts
        of={[
          ['递补次序', reserve.length === 0 ? undefined : peopleWords(reserve, names)],
          ['已撤销', withdrawn.length === 0 ? undefined : peopleWords(withdrawn, names)],
          [
            '抽签',
            draw
              ? `${peopleWords(draw.persons, names)} 中抽 ${draw.places} 名,以${draw.source}为准`
              : undefined,
          ],
        ]}
      />
    </Section>
  );
};

const Objections = ({
  award,
  names,
}: {
  award: Award;
  names: Record<string, string>;
}): ReactElement | null => {
  const { objections = [] } = award.state;
  const [n, setN] = useState<number>();
  const raised = award.history.find(({ event }) => event.type === 'award.objected' && event.n === n);
  const about = objections.find((one) => one.n === n)?.about;
  if (objections.length === 0) return null;
  return (
    <Section title="异议">
      <ul>
        {objections.map((one) => (
          <li key={one.n} className="tick-line">
            第 {one.n} 项 {one.about === undefined ? '' : `关于${named(one.about, names)}`}
            <Mark tone={one.answer === undefined ? 'amber' : 'plain'}>
              {one.answer === undefined ? '待答复' : one.answer === 'upheld' ? '成立' : '不成立'}
            </Mark>
            {one.answer === undefined && award.abilities.includes('award.answerObjection') ? (
              <button type="button" className="button small no-print" onClick={() => setN(one.n)}>
                答复
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      <Ask<{ outcome: 'upheld' | 'dismissed'; reason: string }>
        title={`答复第 ${n ?? ''} 项异议`}
        open={n !== undefined}
        onClose={() => setN(undefined)}
        path={`/api/awards/${award.id}/answer-objection`}
        fields={({ outcome, reason }) => ({ n, outcome, reason })}
        okText="答复"
      >
        <p>关于:{about === undefined ? '未指明人选' : named(about, names)}</p>
        {raised === undefined ? null : <p className="quoted">{freeWords(raised.event.grounds)}</p>}
        <Form.Item name="outcome" label="结论" rules={[{ required: true, message: '请选择' }]}>
          <Radio.Group
            options={[
              { value: 'dismissed', label: '不成立' },
              {
                value: 'upheld',
                label: about === undefined ? '成立:需要撤销的人选另行撤销' : '成立:撤销该人选,由下一名递补',
              },
            ]}
          />
        </Form.Item>
        <WordsItem name="reason" label="理由" max={1000} />
      </Ask>
    </Section>
  );
};

const titles: Record<string, string> = {
  'award.reassess': '重新核定资格',
  'award.callCommittee': '公布评审组名单',
  'award.drawCommittee': '抽签产生评审组',
  'award.draw': '公开抽签',
  'award.publish': '公示',
  'award.announce': '公布',
  'award.object': '提出异议',
  'award.withdraw': '撤销人选',
};

/** Somebody's names were up for the whole time and nothing raised against them is unanswered: only then it is announced. */
const isOver = (state: Award['state']): boolean => {
  const now = houseNow().toISOString();
  return (
    publicityEnds(state.recipients).some((until) => until < now) &&
    (state.objections ?? []).every(({ answer }) => answer !== undefined)
  );
};

/** Whose names are up now, and may be objected to. */
const shownNow = ({ recipients = [] }: Award['state']): string[] =>
  inPublicity(recipients, houseNow().toISOString()).map(({ person }) => person);

/** What the announcement still waits for. */
const waitsFor = (state: Award['state']): string[] => {
  if ((state.stage !== 'published' && state.stage !== 'decided') || isOver(state)) return [];
  const open = (state.objections ?? []).filter(({ answer }) => answer === undefined).length;
  const [until] = publicityEnds(state.recipients);
  return [
    ...(until === undefined ? [] : [`公示至 ${dateTimeWords(until)},期满后公布`]),
    ...(open === 0 ? [] : [`${open} 项异议待答复,答复后才能公布`]),
  ];
};

const aside: readonly string[] = ['award.reassess', 'award.object', 'award.withdraw'];

const Steps = ({
  me,
  award,
  names,
}: {
  me: Me;
  award: Award;
  names: Record<string, string>;
}): ReactElement | null => {
  const [step, setStep] = useState<string>();
  const { state } = award;
  const recipients = (state.recipients ?? []).map(({ person }) => person);
  const offered = Object.keys(titles)
    // Whose case has ended since is held back no longer once the candidates are assessed anew.
    .filter((name) =>
      name === 'award.reassess'
        ? state.stage === 'open' && state.heldBack.length > 0 && may(me, 'award.open')
        : award.abilities.includes(name),
    )
    .filter((name) => name !== 'award.announce' || isOver(state))
    .filter((name) => name !== 'award.object' || shownNow(state).length > 0);
  if (offered.length === 0) return null;
  // Whatever takes a name off the list is there, but nobody is led to it,
  // nor to calling a committee anew once its list waits for the draw.
  const called = state.committee?.called !== undefined;
  const lead = offered.find((name) => !aside.includes(name) && !(called && name === 'award.callCommittee'));
  const close = (): void => setStep(undefined);
  const at = (verb: string): string => `/api/awards/${award.id}/${verb}`;
  const common = { onClose: close, carrier: 'award' as const };
  const choices = (ids: readonly string[]) => ids.map((value) => ({ value, label: named(value, names) }));
  return (
    <StepsOffered titles={titles} offered={offered} lead={lead} onStep={setStep}>
      <Ask<object>
        {...common}
        title="重新核定资格"
        open={step === 'award.reassess'}
        path={at('reassess')}
        fields={() => ({})}
        okText="重新核定"
      >
        <p>
          现有 {counted(state.heldBack.length, state)}
          因问题尚未了结而暂缓评选。重新核定后,问题已经了结且符合条件的即可被推荐;已有的推荐不变。
        </p>
      </Ask>
      <Committee {...common} award={award} step={step} at={at} />
      <DrawLots
        {...common}
        title="公开抽签"
        open={step === 'award.draw'}
        path={at('draw')}
        said={`名单先定,号码后出:以${state.draw?.source ?? '事先公告的公共号码'}为种子,任何人都能复核结果。`}
      />
      <Ask<object>
        {...common}
        title="公示"
        open={step === 'award.publish'}
        path={at('publish')}
        fields={() => ({})}
        okText="开始公示"
      >
        <p>公示尚未公示的人选,期限按考核办法计算工作日;递补的单独公示满期。</p>
      </Ask>
      <Ask<object>
        {...common}
        title="公布"
        open={step === 'award.announce'}
        path={at('announce')}
        fields={() => ({})}
        okText="公布"
      >
        <p>公示期满、异议均已答复的人选正式公布,并登上光荣榜。</p>
      </Ask>
      <Ask<{ person?: string; grounds: string }>
        {...common}
        title="提出异议"
        open={step === 'award.object'}
        path={at('object')}
        fields={({ person, grounds }) => ({ ...(person === undefined ? {} : { person }), grounds })}
        okText="提出"
      >
        <p className="notice">公示期内实名提出,由分管领导核实答复;答复会显示在本页的办理经过里。</p>
        <PickItem
          name="person"
          label="关于谁"
          optional
          choices={choices(shownNow(state))}
          placeholder="可不指明"
        />
        <WordsItem name="grounds" label="理由" rows={4} max={2000} />
      </Ask>
      <Ask<{ person: string; reason: string }>
        {...common}
        title="撤销人选,由下一名递补"
        open={step === 'award.withdraw'}
        path={at('withdraw')}
        fields={({ person, reason }) => ({ person, reason })}
        okText="撤销"
        danger
      >
        <PickItem name="person" label="人选" choices={choices([...recipients, ...(state.reserve ?? [])])} />
        <WordsItem name="reason" label="理由" max={1000} />
      </Ask>
    </StepsOffered>
  );
};

type DrawLotsProps = Pick<CommitteeProps, 'carrier' | 'onClose'> & {
  title: string;
  open: boolean;
  path: string;
  /** What decides, so that anybody can draw it again. */
  said: string;
};
/** A draw by a public number, with what was written down of it. */
const DrawLots = ({ said, ...asked }: DrawLotsProps): ReactElement => (
  <Ask<{ publicNumber: string; files?: Manifest[] }>
    {...asked}
    filesIn={({ files }) => files}
    fields={({ publicNumber }, files) => ({ publicNumber, evidence: files })}
    okText="抽签"
  >
    <p className="notice">{said}</p>
    <WordsItem name="publicNumber" label="公共号码(只含数字)" rows={1} max={40} />
    <Form.Item name="files" label="抽签记录扫描件">
      <ScanField />
    </Form.Item>
  </Ask>
);

interface CommitteeProps {
  award: Award;
  step: string | undefined;
  at(verb: string): string;
  onClose(): void;
  carrier: 'award';
}
/** The committee: the list and the number that decides are made known first, then it is drawn, or stands as named. */
const Committee = ({ award, step, at, ...common }: CommitteeProps): ReactElement | null => {
  const calling = step === 'award.callCommittee';
  const { data: staff = [] } = useRegistry('staff', { enabled: calling });
  const { data: windows = [] } = useRegistry('window', { enabled: calling });
  const { data: departments = [] } = useRegistry('department', { enabled: calling });
  const { committee } = award.state;
  if (!committee) return null;
  const homes = new Map([...staff, ...windows].map(({ id, department }) => [id, department]));
  const called = new Map(departments.map(({ id, name }) => [id, name]));
  const whyNot = barredBy(
    award.state.nominated.map(({ person }) => ({ id: person, department: homes.get(person) ?? person })),
  );
  const fit = staff.filter((one) => holdsToday(one) && whyNot(one) === undefined);
  return (
    <>
      <Ask<{ list: string[]; source: string; files?: Manifest[] }>
        {...common}
        title="公布评审组名单"
        open={calling}
        path={at('call-committee')}
        filesIn={({ files }) => files}
        fields={({ list, source }, files) => ({ list, source, evidence: files })}
        okText="公布名单"
      >
        <p className="notice">
          评审组 {committee.seats} 人,
          {committee.byLot
            ? '从名单中公开抽签产生;参评人员及其部门回避,名单应多于评审人数。抽签后不再推荐。'
            : '名单即评审组,公布后不再推荐;参评人员及其部门须回避,未列入。'}
        </p>
        <PickItem
          name="list"
          label="名单"
          many
          choices={fit.map(({ id, name, department }) => ({
            value: id,
            label: `${name}(${called.get(department) ?? department})`,
          }))}
        />
        <WordsItem
          name="source"
          label={committee.byLot ? '以哪个公共号码抽签' : '产生办法'}
          rows={1}
          max={100}
          placeholder={committee.byLot ? '如:次日公布的某期号码' : '如:领导小组会议确定'}
        />
        {/* Where lots are drawn, the record of the draw carries the scan. */}
        {committee.byLot ? null : (
          <Form.Item name="files" label="扫描件">
            <ScanField />
          </Form.Item>
        )}
      </Ask>
      <DrawLots
        {...common}
        title="抽签产生评审组"
        open={step === 'award.drawCommittee'}
        path={at('draw-committee')}
        said={`名单已公布,以${committee.called?.source ?? '事先公告的公共号码'}为种子,任何人都能复核结果。`}
      />
    </>
  );
};
