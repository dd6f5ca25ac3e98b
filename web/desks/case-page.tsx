// A case at a desk: what happened, who was there, the evidence, the way so far, and what this person may do with it now.
// Offers only what the API says this person may.
import type { ReactElement } from 'react';
import { severityNames } from '../../shared/catalog.ts';
import { clauseLabel, clauseOf } from '../../shared/rulebook.ts';
import { reviewOutcomes } from '../case-words.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords, timeWords } from '../time-words.ts';
import { type Me, may } from '../visitor-here.ts';
import {
  type CaseRecord,
  caseEventWords,
  heardWords,
  noticeWays,
  sourceWords,
  stageTones,
  stageWords,
  subjectWords,
  typeName,
} from './case-labels.ts';
import { CasePresence } from './case-presence.tsx';
import { CaseSteps } from './case-steps.tsx';
import { CaseVerify } from './case-verify.tsx';
import { EvidenceList } from './evidence.tsx';
import { useRuleBook } from './hall-register.ts';
import { freeWords, named, peopleWords } from './history-words.ts';
import { Desk, useView } from './kit.tsx';
import { Facts, Mark, NotThere, Section, Way } from './page.tsx';
import type { Paper } from './papers.tsx';
import { RecordPage } from './record-page.tsx';
import { SameCases } from './same-cases.tsx';
import { pointsWords } from './wall-time.ts';

const CasePage = ({ me, at }: ScreenProps): ReactElement => (
  <Desk>
    <Case me={me} id={at.id ?? ''} />
  </Desk>
);
export default CasePage;

const Case = ({ me, id }: { me: Me; id: string }): ReactElement => {
  const { data, error, refetch } = useView('case.read', `/api/cases/${id}`);
  if (!data) return <NotThere error={error} again={refetch} />;
  const { state, names } = data;
  const number = state.number ?? '问题';
  const verifying = data.abilities.some((step) => verifySteps.includes(step)) && state.stage === 'reported';
  return (
    <RecordPage
      record={data}
      back={
        me.abilities.includes('obligation.read')
          ? { to: '/todo', title: '待办' }
          : { to: '/cases', title: '问题' }
      }
      title={
        <>
          <span className="case-number">{number}</span> {typeName(state.type)}
        </>
      }
      marks={
        <>
          <Mark tone={stageTones[state.stage]}>{stageWords(state.stage)}</Mark>
          {state.verdict ? <Mark>{severityNames[state.verdict.severity]}</Mark> : null}
          {state.review?.state === 'asked' ? <Mark tone="amber">复核中</Mark> : null}
          {state.review?.state === 'decided' ? (
            <Mark tone={state.review.outcome === 'upheld' ? 'plain' : 'green'}>
              复核{reviewOutcomes[state.review.outcome]}
            </Mark>
          ) : null}
          {state.lead ? <Mark tone="blue">线索,须专人核实</Mark> : null}
        </>
      }
      under={`${whenWords(state.happened)} · ${placeWords(data)} · ${subjectWords(state, names)}`}
      steps={
        <>
          {verifying ? <CaseVerify record={data} /> : null}
          <CaseSteps me={me} record={data} />
        </>
      }
      papers={papersOf(data)}
      words={caseEventWords}
    >
      <CaseFacts record={data} />
      <EvidenceList
        me={me}
        record={id}
        entries={state.evidence}
        history={data.history}
        reason={taskReason(data)}
        caption={`${placeWords(data)} · ${whenWords(state.happened)}`}
      />
      {may(me, 'presence.read') && state.window !== undefined ? <CasePresence id={id} /> : null}
      {verifying ? <SameCases record={data} /> : null}
    </RecordPage>
  );
};

const verifySteps = ['case.confirm', 'case.dismiss', 'case.settleOnSpot'];

/** The notice once there is something to tell, and the whole file; its pictures are looked up under the reason given. */
const papersOf = ({ id, state }: CaseRecord): Paper[] => {
  const number = state.number ?? id;
  return [
    ...(state.verdict && state.stage !== 'settledOnSpot'
      ? [{ title: '问题告知单', path: `/api/cases/${id}/notice-paper`, name: `问题告知单 ${number}.pdf` }]
      : []),
    {
      title: '问题档案',
      path: `/api/cases/${id}/dossier`,
      name: `问题档案 ${number}.pdf`,
      fields: { commandId: crypto.randomUUID(), reason: `打印问题档案 ${number}` },
    },
  ];
};

/** One's own task is reason enough to look (DESIGN: pre-filled); anybody else says why. */
const taskReason = ({ state, abilities }: CaseRecord): string | undefined => {
  const matter = state.number ?? state.id;
  if (abilities.includes('case.decideAppeal')) return `复核问题 ${matter}`;
  if (abilities.includes('case.confirm') || abilities.includes('case.dismiss')) return `核实问题 ${matter}`;
  if (abilities.includes('case.notify')) return `告知问题 ${matter}`;
  return undefined;
};

const whenWords = ({ from, to, doubtSeconds }: CaseRecord['state']['happened']): string => {
  const until = from === to ? '' : `至 ${timeWords(to)}`;
  const doubt = doubtSeconds < 60 ? '' : `(误差 ±${Math.ceil(doubtSeconds / 60)} 分钟)`;
  return `${dateTimeWords(from)}${until}${doubt}`;
};

const placeWords = ({ state, names }: CaseRecord): string =>
  [state.grid, state.window ?? state.department]
    .filter((id) => id !== undefined)
    .map((id) => named(id, names))
    .join(' ') || '未指明地点';

const CaseFacts = ({ record }: { record: CaseRecord }): ReactElement => {
  const { state, names, history } = record;
  const { data: book } = useRuleBook(state.month, { enabled: state.verdict !== undefined });
  const clause = state.verdict && book ? clauseOf(book, state.verdict.clause) : undefined;
  const reported = history.find(({ event }) => event.type === 'case.reported')?.event;
  const description = freeWords(reported?.description);
  return (
    <Section title="事实">
      {description === undefined || description === '' ? null : <p className="quoted">{description}</p>}
      <Facts
        of={[
          ['发生时间', whenWords(state.happened)],
          ['地点', placeWords(record)],
          ['责任对象', subjectWords(state, names)],
          ['所属单位', named(state.department, names)],
          ['来源', sourceWords[state.source]],
          ['上报', `${named(state.reportedBy.person, names)} ${dateTimeWords(state.reportedAt)}`],
          ['发现人', named(state.foundBy, names)],
          ['专项检查', named(state.campaign, names)],
          ['原登记人员', state.formerly === undefined ? undefined : peopleWords(state.formerly, names)],
          ['条款', clause ? clauseLabel(clause) : state.verdict?.clause],
          [
            '酌定',
            state.verdict?.chosen
              ? `扣 ${pointsWords(state.verdict.chosen.points)} 分:${state.verdict.chosen.reason}`
              : undefined,
          ],
          [
            '认定',
            state.decidedBy
              ? `${named(state.decidedBy.person, names)} ${dateTimeWords(state.decidedAt ?? '')}`
              : undefined,
          ],
          [
            '告知',
            state.notice ? `${noticeWays[state.notice.way]} ${dateTimeWords(state.notice.at)}` : undefined,
          ],
          ['陈述申辩', state.heard ? heardWords[state.heard] : noticeWords(state)],
          ['复核', reviewWords(state)],
          [
            '整改单',
            state.rectification ? (
              <Way key="order" to={`/rectifications/${state.rectification}`}>
                查看整改单
              </Way>
            ) : undefined,
          ],
          [
            '并入',
            state.into ? (
              <Way key="main" to={`/cases/${state.into}`}>
                查看主问题
              </Way>
            ) : undefined,
          ],
          [
            '同一事件',
            state.joined.length === 0
              ? undefined
              : state.joined.map((id, at) => (
                  <span key={id}>
                    <Way to={`/cases/${id}`}>并入的第 {at + 1} 条</Way>{' '}
                  </span>
                )),
          ],
        ]}
      />
    </Section>
  );
};

const noticeWords = ({ notice, stage }: CaseRecord['state']): string | undefined =>
  stage === 'noticed' && notice ? `期限 ${dateTimeWords(notice.answerBy)}` : undefined;

const reviewWords = ({ review }: CaseRecord['state']): string | undefined => {
  if (!review) return undefined;
  if (review.state === 'asked') return `申请中,应于 ${dateTimeWords(review.decideBy)} 前决定`;
  const points = review.points === undefined ? '' : `为扣 ${pointsWords(review.points)} 分`;
  return `${reviewOutcomes[review.outcome]}${points}(${dateTimeWords(review.at)})`;
};
