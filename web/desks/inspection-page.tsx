// One round: what was seen window by window, which clips were watched and what for, which items were scored; recording more
// while it goes on, reporting what was found, ending it. Evidence of a finding travels with the finding.
import { Form, Input, InputNumber, Radio } from 'antd';
import { type ReactElement, useState } from 'react';
import * as z from 'zod';
import { isSealedType, violationTypes } from '../../shared/catalog.ts';
import { dayOf } from '../../shared/time.ts';
import type { View } from '../../shared/views.ts';
import { houseNow } from '../clock.ts';
import { holdsToday, windowWords } from '../roster-read.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords, timeWords } from '../time-words.ts';
import { type Me, may } from '../visitor-here.ts';
import { Ask, PickItem, WhenItem, WordsItem } from './ask.tsx';
import { EvidenceList } from './evidence.tsx';
import { useRegistry } from './hall-register.ts';
import { freeWords, type HistoryWords, named } from './history-words.ts';
import { inspectionWords } from './inspections.tsx';
import { Desk, useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { Facts, Mark, NotThere, Section, type Tone } from './page.tsx';
import { RecordPage, StepsOffered } from './record-page.tsx';
import { type Manifest, ScanField } from './scan-field.tsx';
import { pointsWords } from './wall-time.ts';

type Inspection = View<'inspection.read'>;

const InspectionPage = ({ me, at }: ScreenProps): ReactElement => (
  <Desk>
    <InspectionOf me={me} id={at.id ?? ''} />
  </Desk>
);
export default InspectionPage;

const look = z.looseObject({
  window: z.string(),
  at: z.string(),
  result: z.string(),
  note: z.unknown().optional(),
});
const view = z.looseObject({
  camera: z.string(),
  from: z.string(),
  to: z.string(),
  purpose: z.unknown().optional(),
});
const item = z.looseObject({
  item: z.string(),
  window: z.string().optional(),
  points: z.number(),
  outOf: z.number(),
  note: z.unknown().optional(),
});
const recorded = z.looseObject({
  looks: z.array(look).default([]),
  views: z.array(view).default([]),
  items: z.array(item).default([]),
});

const results: Record<string, { word: string; tone: Tone }> = {
  fine: { word: '正常', tone: 'green' },
  finding: { word: '发现问题', tone: 'red' },
  notSeen: { word: '未看清', tone: 'amber' },
};

const eventWords: HistoryWords = (event) => {
  switch (event.type) {
    case 'inspection.opened':
      return { title: '开始', weighty: true };
    case 'inspection.recorded': {
      const told = recorded.safeParse(event);
      if (!told.success) return { title: '记录' };
      const { looks, views, items } = told.data;
      const parts = [
        looks.length > 0 ? `窗口 ${looks.length} 次` : '',
        views.length > 0 ? `视频 ${views.length} 段` : '',
        items.length > 0 ? `评分 ${items.length} 项` : '',
      ].filter((part) => part !== '');
      return { title: `记录 ${parts.join('、') || '文件'}` };
    }
    case 'inspection.closed':
      return { title: '结束', weighty: true };
    case 'inspection.imported':
      return { title: '登记导入的文件', quoted: freeWords(event.sourceFile), weighty: true };
    default:
      return undefined;
  }
};

const InspectionOf = ({ me, id }: { me: Me; id: string }): ReactElement => {
  const { data, error, refetch } = useView('inspection.read', `/api/inspections/${id}`);
  if (!data) return <NotThere error={error} again={refetch} />;
  const { state, names, history } = data;
  const told = history.flatMap(({ version, event }) => {
    const read = event.type === 'inspection.recorded' ? recorded.safeParse(event) : undefined;
    return read?.success ? [{ version, ...read.data }] : [];
  });
  const looks = told.flatMap(({ version, looks: all }) =>
    all.map((one, n) => ({ id: `${version}.${n}`, ...one })),
  );
  const views = told.flatMap(({ version, views: all }) =>
    all.map((one, n) => ({ id: `${version}.${n}`, ...one })),
  );
  const items = told.flatMap(({ version, items: all }) =>
    all.map((one, n) => ({ id: `${version}.${n}`, ...one })),
  );
  const day = dayOf(state.startedAt);
  const scored = items.reduce((sum, one) => sum + one.points, 0);
  const full = items.reduce((sum, one) => sum + one.outOf, 0);
  return (
    <RecordPage
      record={data}
      back={{ to: `/inspections?day=${day}`, title: '督查记录' }}
      title={`${inspectionWords[state.kind]}${state.round === undefined ? '' : ` ${state.round}`}`}
      marks={state.stage === 'open' ? <Mark tone="blue">进行中</Mark> : <Mark tone="green">已结束</Mark>}
      under={[
        named(state.walkedBy ?? state.openedBy.person, names),
        state.grid === undefined ? '全中心' : named(state.grid, names),
        `${dateTimeWords(state.startedAt)}${state.endedAt === undefined ? ' 起' : `–${timeWords(state.endedAt)}`}`,
      ].join(' · ')}
      steps={<Steps me={me} inspection={data} />}
      papers={
        state.kind === 'patrol'
          ? [{ title: '巡查表 PDF', path: `/api/inspections/${id}/paper`, name: `巡查表 ${day}.pdf` }]
          : []
      }
      words={eventWords}
    >
      <Section title="概况">
        <Facts
          of={[
            ['应看窗口', `${state.planned} 个`],
            ['正常', state.counts.fine === 0 ? undefined : `${state.counts.fine} 次`],
            ['发现问题', state.counts.finding === 0 ? undefined : `${state.counts.finding} 次`],
            ['未看清', state.counts.notSeen === 0 ? undefined : `${state.counts.notSeen} 次`],
            ['看视频', state.counts.views === 0 ? undefined : `${state.counts.views} 段`],
            ['评分', items.length === 0 ? undefined : `${pointsWords(scored)} / ${pointsWords(full)} 分`],
            ['登记', `${named(state.openedBy.person, names)}`],
          ]}
        />
      </Section>
      {views.length === 0 ? null : (
        <Section title="看过的视频">
          <Ledger
            caption="看过的视频"
            rows={views}
            idOf={(row) => row.id}
            columns={[
              { key: 'camera', title: '摄像机', cell: (row) => row.camera, by: (row) => row.camera },
              {
                key: 'when',
                title: '时段',
                cell: (row) => `${dateTimeWords(row.from)}–${timeWords(row.to)}`,
                by: (row) => row.from,
              },
              { key: 'purpose', title: '目的', cell: (row) => freeWords(row.purpose) },
            ]}
          />
        </Section>
      )}
      {items.length === 0 ? null : (
        <Section title="评分">
          <Ledger
            caption="评分"
            rows={items}
            idOf={(row) => row.id}
            columns={[
              { key: 'item', title: '评分项', cell: (row) => row.item },
              { key: 'window', title: '窗口', cell: (row) => named(row.window, names) },
              {
                key: 'points',
                title: '得分',
                number: true,
                cell: (row) => `${pointsWords(row.points)} / ${pointsWords(row.outOf)}`,
                by: (row) => row.points / row.outOf,
              },
              { key: 'note', title: '说明', cell: (row) => freeWords(row.note) },
            ]}
          />
        </Section>
      )}
      {looks.length === 0 ? null : (
        <Section title="逐窗结果">
          <Ledger
            framed
            caption="逐窗结果"
            rows={looks}
            idOf={(row) => row.id}
            columns={[
              {
                key: 'window',
                title: '窗口',
                cell: (row) => named(row.window, names),
                by: (row) => named(row.window, names),
              },
              { key: 'at', title: '时间', cell: (row) => timeWords(row.at), by: (row) => row.at },
              {
                key: 'result',
                title: '结果',
                cell: (row) => (
                  <Mark tone={results[row.result]?.tone ?? 'plain'}>
                    {results[row.result]?.word ?? row.result}
                  </Mark>
                ),
                by: (row) => row.result,
              },
              { key: 'note', title: '备注', cell: (row) => freeWords(row.note) },
            ]}
          />
        </Section>
      )}
      {state.evidence.length === 0 ? null : (
        <EvidenceList me={me} record={id} entries={state.evidence} history={history} title="扫描件" />
      )}
    </RecordPage>
  );
};

const titles: Record<string, string> = {
  view: '登记看过的视频',
  item: '登记评分',
  finding: '上报问题',
  file: '附巡查表扫描件',
  close: '结束',
};

const Steps = ({ me, inspection }: { me: Me; inspection: Inspection }): ReactElement | null => {
  const [step, setStep] = useState<string>();
  const { state, id, abilities } = inspection;
  const records = abilities.includes('inspection.record');
  const offered = [
    ...(records && state.kind === 'video' ? ['view'] : []),
    ...(records && state.kind === 'thirdParty' ? ['item'] : []),
    ...(may(me, 'case.report') && records && state.kind !== 'patrol' ? ['finding'] : []),
    ...(records ? ['file'] : []),
    ...(abilities.includes('inspection.close') ? ['close'] : []),
  ];
  if (offered.length === 0) return null;
  const close = (): void => setStep(undefined);
  const now = houseNow().toISOString();
  return (
    <StepsOffered titles={titles} offered={offered} lead={offered[0]} onStep={setStep}>
      <Ask<{ camera: string; from: string; to: string; purpose: string }>
        title="登记看过的视频"
        open={step === 'view'}
        onClose={close}
        path={`/api/inspections/${id}/record`}
        initial={{ from: now, to: now, purpose: '窗口服务纪律督查' }}
        fields={(one) => ({ views: [one] })}
        okText="登记"
      >
        <CameraItem />
        <div className="field-row">
          <WhenItem name="from" label="从" extra="画面上的时间" />
          <WhenItem name="to" label="到" extra="画面上的时间" />
        </div>
        <WordsItem name="purpose" label="目的" rows={2} max={200} />
      </Ask>
      <Item open={step === 'item'} onClose={close} inspection={inspection} />
      {step === 'finding' ? <Finding onClose={close} inspection={inspection} /> : null}
      <Ask<{ files: Manifest[] }>
        title="附扫描件"
        open={step === 'file'}
        onClose={close}
        path={`/api/inspections/${id}/record`}
        carrier="inspection"
        filesIn={({ files }) => files}
        fields={(_, evidence) => ({ evidence })}
        okText="附上"
      >
        <Form.Item
          name="files"
          label="巡查表、测评表扫描件"
          rules={[{ required: true, message: '请选择文件' }]}
        >
          <ScanField />
        </Form.Item>
      </Ask>
      <Ask<{ endedAt: string }>
        title="结束"
        open={step === 'close'}
        onClose={close}
        path={`/api/inspections/${id}/close`}
        initial={{ endedAt: now }}
        fields={({ endedAt }) => ({ endedAt })}
        okText="结束"
      >
        <p className="notice">结束后不能再记录;没有记录的窗口即为未查。</p>
        <WhenItem name="endedAt" label="结束时间" />
      </Ask>
    </StepsOffered>
  );
};

const CameraItem = (): ReactElement => (
  <Form.Item
    name="camera"
    label="摄像机编号"
    rules={[
      { required: true, message: '请填写摄像机编号' },
      { pattern: /^[a-z0-9][a-z0-9-]{0,47}$/, message: '只用小写字母、数字和短横线,如 hall1-07' },
    ]}
  >
    <Input maxLength={48} />
  </Form.Item>
);

interface StepProps {
  onClose(): void;
  inspection: Inspection;
}

/** Windows of the round's grid. */
const useWindows = (inspection: Inspection) => {
  const { data = [] } = useRegistry('window');
  const { grid } = inspection.state;
  return data.filter((one) => holdsToday(one) && (grid === undefined || one.grid === grid));
};

interface ItemValues {
  item: string;
  window?: string;
  points: number;
  outOf: number;
  note?: string;
}
const Item = ({ open, onClose, inspection }: StepProps & { open: boolean }): ReactElement => {
  const windows = useWindows(inspection);
  return (
    <Ask<ItemValues>
      title="登记评分"
      open={open}
      onClose={onClose}
      path={`/api/inspections/${inspection.id}/record`}
      initial={{ outOf: 10 }}
      fields={({ item: name, window, points, outOf, note }) => ({
        items: [
          {
            item: name,
            points: Math.round(points * 100),
            outOf: Math.round(outOf * 100),
            ...(window === undefined ? {} : { window }),
            ...(note === undefined || note.trim() === '' ? {} : { note }),
          },
        ],
      })}
      okText="登记"
    >
      <WordsItem name="item" label="评分项" rows={1} max={60} />
      <PickItem
        name="window"
        label="窗口"
        optional
        choices={windows.map((one) => ({ value: one.id, label: windowWords(one) }))}
        placeholder="不针对某个窗口可不选"
      />
      <div className="field-row">
        <Form.Item name="points" label="得分" rules={[{ required: true, message: '请填写得分' }]}>
          <InputNumber min={0} step={0.5} suffix="分" />
        </Form.Item>
        <Form.Item name="outOf" label="满分" rules={[{ required: true, message: '请填写满分' }]}>
          <InputNumber min={0.5} step={0.5} suffix="分" />
        </Form.Item>
      </div>
      <WordsItem name="note" label="说明" rows={2} max={200} optional />
    </Ask>
  );
};

interface FindingValues {
  violation: string;
  at: string;
  window: string;
  subject: 'persons' | 'unidentified' | 'window';
  persons?: string[];
  camera?: string;
  description: string;
  files?: Manifest[];
}

const found = violationTypes
  .filter(({ code }) => !isSealedType(code))
  .map(({ code, name }) => ({ value: code, label: name }));

/** What was found: with its clip, for somebody else to verify. */
const Finding = ({ onClose, inspection }: StepProps): ReactElement => {
  const windows = useWindows(inspection);
  const { data: staff = [] } = useRegistry('staff');
  const { data: seats = [] } = useRegistry('assignment');
  const [window, setWindow] = useState<string>();
  const [subject, setSubject] = useState<FindingValues['subject']>('persons');
  const { kind } = inspection.state;
  const department = windows.find(({ id }) => id === window)?.department;
  const sits = new Set(
    seats.flatMap((seat) => (seat.window === window && holdsToday(seat) ? [seat.staff] : [])),
  );
  const people = staff
    .filter((one) => holdsToday(one) && (sits.has(one.id) || one.department === department))
    .sort((a, b) => Number(sits.has(b.id)) - Number(sits.has(a.id)))
    .map(({ id, name }) => ({ value: id, label: sits.has(id) ? `${name} · 该窗口` : name }));
  return (
    <Ask<FindingValues>
      open
      title="上报问题"
      onClose={onClose}
      path="/api/cases"
      carrier="case"
      initial={{ at: houseNow().toISOString(), subject: 'persons' }}
      filesIn={({ files }) => files}
      fields={({ at, camera, persons, subject: of, ...rest }, evidence) => ({
        violation: rest.violation,
        source: kind === 'video' ? 'video' : kind === 'thirdParty' ? 'thirdParty' : 'patrol',
        happened: { from: at, to: at, doubtSeconds: 60 },
        window: rest.window,
        subject: of === 'persons' ? { kind: of, persons } : { kind: of },
        inspection: inspection.id,
        description: rest.description,
        ...(camera === undefined || camera === '' ? {} : { camera }),
        evidence,
      })}
      okText="上报"
    >
      <PickItem name="violation" label="什么问题" choices={found} />
      <div className="field-row">
        <WhenItem name="at" label="发生时间" extra="误差按一分钟计" />
        <PickItem
          name="window"
          label="窗口"
          choices={windows.map((one) => ({ value: one.id, label: windowWords(one) }))}
          onChoose={setWindow}
        />
      </div>
      <Form.Item name="subject" label="责任对象" rules={[{ required: true }]}>
        <Radio.Group
          onChange={({ target }) =>
            setSubject(
              target.value === 'window' || target.value === 'unidentified' ? target.value : 'persons',
            )
          }
          options={[
            { value: 'persons', label: '人员' },
            { value: 'unidentified', label: '人员待核' },
            { value: 'window', label: '窗口' },
          ]}
        />
      </Form.Item>
      {subject === 'persons' ? (
        <PickItem name="persons" label="人员(在该窗口的在前)" many choices={people} />
      ) : null}
      {kind === 'video' ? <CameraItem /> : null}
      <WordsItem name="description" label="情况" max={2000} />
      <Form.Item name="files" label="照片、视频片段">
        <ScanField scan={false} />
      </Form.Item>
    </Ask>
  );
};
