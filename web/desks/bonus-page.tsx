// One good deed: how the house learnt of it, what it rests on, whether it is recognised and under which clause, and whether
// it is the same deed as another entry.
import { Form, InputNumber } from 'antd';
import { type ReactElement, useState } from 'react';
import { bonusStageTitles } from '../../shared/bonus.ts';
import { bonusType } from '../../shared/catalog.ts';
import { bonusOf, clauseLabel } from '../../shared/rulebook.ts';
import type { View } from '../../shared/views.ts';
import { Waiting } from '../parts/words.tsx';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';
import type { Me } from '../visitor-here.ts';
import { Ask, PickItem, WordsItem, within } from './ask.tsx';
import { bonusTones, praiseWayWords } from './bonus-words.ts';
import { EvidenceList } from './evidence.tsx';
import { useRuleBook } from './hall-register.ts';
import { freeWords, type HistoryWords, named, peopleWords } from './history-words.ts';
import { Desk, useView } from './kit.tsx';
import { Facts, Mark, NotThere, Section, Way } from './page.tsx';
import { RecordPage, StepsOffered } from './record-page.tsx';
import { dayWords, pointsWords } from './wall-time.ts';

type Bonus = View<'bonus.read'>;

const BonusPage = ({ me, at }: ScreenProps): ReactElement => (
  <Desk>
    <BonusOf me={me} id={at.id ?? ''} />
  </Desk>
);
export default BonusPage;

const eventWords: HistoryWords = (event) => {
  switch (event.type) {
    case 'bonus.reported':
      return { title: '登记', quoted: freeWords(event.description), weighty: true };
    case 'bonus.confirmed': {
      const original = freeWords(event.original);
      return {
        title: '认定',
        quoted: freeWords(event.reason),
        ...(original === undefined ? {} : { more: `原件:${original}` }),
        weighty: true,
      };
    }
    case 'bonus.dismissed':
      return { title: '不予认定', quoted: freeWords(event.reason), weighty: true };
    case 'bonus.merged':
      return { title: '并入同一件事的另一条登记', quoted: freeWords(event.reason), weighty: true };
    case 'bonus.joined':
      return { title: '另一条登记是同一件事,并入本条' };
    case 'bonus.revoked':
      return { title: '撤销认定', quoted: freeWords(event.reason), weighty: true };
    default:
      return undefined;
  }
};

const BonusOf = ({ me, id }: { me: Me; id: string }): ReactElement => {
  const { data, error, refetch } = useView('bonus.read', `/api/bonuses/${id}`);
  const { data: book } = useRuleBook(data?.state.month ?? '', { enabled: data !== undefined });
  if (!data) return <NotThere error={error} again={refetch} />;
  const { state, names, history } = data;
  const { recognition } = state;
  const clause = book && recognition ? bonusOf(book, recognition.clause) : undefined;
  const told = history.find(({ event }) => event.type === 'bonus.reported')?.event;
  return (
    <RecordPage
      record={data}
      back={{ to: '/praise', title: '表扬登记' }}
      title={`${bonusType(state.type)?.name ?? state.type}:${peopleWords(state.persons, names)}`}
      marks={<Mark tone={bonusTones[state.stage]}>{bonusStageTitles[state.stage]}</Mark>}
      under={`${dayWords(state.day)} · ${named(state.department, names)}`}
      steps={<Steps bonus={data} />}
      words={eventWords}
    >
      <Section title="事迹">
        <p className="quoted">{freeWords(told?.description)}</p>
        <Facts
          of={[
            ['人员', peopleWords(state.persons, names)],
            ['部门', named(state.department, names)],
            ['来源', state.way === undefined ? undefined : praiseWayWords[state.way]],
            ['表扬人', freeWords(told?.sender)],
            ['实物编号', state.object],
            ['登记', `${named(state.reportedBy.person, names)} ${dateTimeWords(state.reportedAt)}`],
            ['条款', clause ? clauseLabel(clause) : recognition?.clause],
            [
              '酌定',
              recognition?.chosen
                ? `加 ${pointsWords(recognition.chosen.points)} 分:${recognition.chosen.reason}`
                : undefined,
            ],
            [
              '并入',
              state.into === undefined ? undefined : (
                <Way key="into" to={`/bonuses/${state.into}`}>
                  查看另一条
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
        reason={data.abilities.includes('bonus.confirm') ? '认定表扬' : undefined}
      />
    </RecordPage>
  );
};

const titles: Record<string, string> = {
  'bonus.confirm': '认定',
  'bonus.dismiss': '不予认定',
  'bonus.merge': '与另一条合并',
  'bonus.revoke': '撤销认定',
};

const Steps = ({ bonus }: { bonus: Bonus }): ReactElement | null => {
  const [step, setStep] = useState<string>();
  const { state, id } = bonus;
  const { data: list } = useView('bonus.list', `/api/bonuses?month=${state.month}&limit=200`, {
    enabled: bonus.abilities.includes('bonus.merge'),
  });
  const same = list?.items.find((one) => one.id === id)?.same ?? [];
  const offered = Object.keys(titles)
    .filter((name) => bonus.abilities.includes(name))
    .filter((name) => name !== 'bonus.merge' || same.length > 0);
  if (offered.length === 0) return null;
  const close = (): void => setStep(undefined);
  const at = (verb: string): string => `/api/bonuses/${id}/${verb}`;
  const others = (list?.items ?? []).filter((one) => same.includes(one.id));
  return (
    <StepsOffered titles={titles} offered={offered} lead="bonus.confirm" onStep={setStep}>
      {same.length > 0 ? (
        <p className="notice">可能与另外 {same.length} 条登记是同一件事,核对后可以合并,只计一次。</p>
      ) : null}
      {step === 'bonus.confirm' ? <Confirm bonus={bonus} onClose={close} /> : null}
      <Ask<{ reason: string }>
        title="不予认定"
        open={step === 'bonus.dismiss'}
        onClose={close}
        path={at('dismiss')}
        fields={({ reason }) => ({ reason })}
        okText="不予认定"
        danger
      >
        <WordsItem name="reason" label="理由" max={1000} />
      </Ask>
      <Ask<{ into: string; reason: string }>
        title="与同一件事的另一条合并"
        open={step === 'bonus.merge'}
        onClose={close}
        path={at('merge')}
        fields={({ into, reason }) => ({ into, reason })}
        okText="合并"
      >
        <PickItem
          name="into"
          label="并入哪一条"
          choices={others.map((one) => ({
            value: one.id,
            label: [
              dayWords(one.state.day),
              bonusType(one.state.type)?.name ?? one.state.type,
              one.state.way === undefined ? '' : praiseWayWords[one.state.way],
              bonusStageTitles[one.state.stage],
            ].join(' '),
          }))}
        />
        <WordsItem name="reason" label="理由" />
      </Ask>
      <Ask<{ reason: string }>
        title="撤销认定"
        open={step === 'bonus.revoke'}
        onClose={close}
        path={at('revoke')}
        fields={({ reason }) => ({ reason })}
        okText="撤销"
        danger
      >
        <WordsItem name="reason" label="理由" max={1000} />
      </Ask>
    </StepsOffered>
  );
};

interface Confirmed {
  clause: string;
  points?: number;
  original?: string;
  reason: string;
}

/** Recognising a deed: under which clause, how many points where it leaves a choice, where the original was seen. */
const Confirm = ({ bonus: { id, state }, onClose }: { bonus: Bonus; onClose(): void }): ReactElement => {
  const { data: book } = useRuleBook(state.month);
  const clauses = (book?.bonuses ?? []).filter(({ type }) => type === state.type);
  const [chosen, setChosen] = useState<string>();
  const price = clauses.find(({ code }) => code === (chosen ?? clauses[0]?.code))?.price;
  const arrived = state.evidence.some((one) => one.state === 'received');
  // Drawn anew when the book comes, the form would lose what was typed.
  if (book === undefined) return <Waiting />;
  return (
    <Ask<Confirmed>
      title="认定表扬"
      open
      onClose={onClose}
      path={`/api/bonuses/${id}/confirm`}
      initial={clauses[0] === undefined ? {} : { clause: clauses[0].code }}
      fields={({ clause, points, original, reason }) => ({
        clause,
        reason,
        ...(original === undefined || original.trim() === '' ? {} : { original: original.trim() }),
        ...(points === undefined || price?.kind !== 'range'
          ? {}
          : { chosen: { points: Math.round(points * 100), reason } }),
      })}
      okText="认定"
    >
      <PickItem
        name="clause"
        label="加分条款"
        choices={clauses.map((one) => ({ value: one.code, label: clauseLabel(one) }))}
        onChoose={setChosen}
      />
      {price?.kind === 'range' ? (
        <Form.Item
          name="points"
          label={`分值(${pointsWords(price.from)} 至 ${pointsWords(price.to)} 分)`}
          rules={[{ required: true, message: '请填写分值' }, within(price.from, price.to)]}
        >
          <InputNumber step={0.1} suffix="分" />
        </Form.Item>
      ) : null}
      <WordsItem
        name="original"
        label="原件在哪里看到的"
        optional={arrived}
        rows={1}
        max={200}
        placeholder="如:锦旗存督查科,编号 2026-031"
        extra={arrived ? undefined : '没有收到文件,须写明原件在哪里看到的'}
      />
      <WordsItem name="reason" label="理由" />
    </Ask>
  );
};
