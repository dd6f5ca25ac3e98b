// 补录巡查表: what an inspector wrote on paper is entered by the clerk with the sheet's scan, under the inspector's name and
// its own day. Findings become records of their own, found by the inspector.
import { type ReactElement, useState } from 'react';
import * as z from 'zod';
import { violationType, violationTypes } from '../../shared/catalog.ts';
import { manifestEntry } from '../../shared/evidence.ts';
import { newInspectionId, newMonthlyId } from '../../shared/ids.ts';
import { lookResults } from '../../shared/inspection.ts';
import { dayOf, instantAt, monthOf } from '../../shared/time.ts';
import { forget as forgetFile, keep } from '../camera.ts';
import { houseNow, today } from '../clock.ts';
import { dayWords } from '../month-words.ts';
import { enqueueAll, isFull, type NewRecord } from '../outbox-db.ts';
import { Icon } from '../parts/icon.tsx';
import { Empty, NoRoom, Waiting } from '../parts/words.tsx';
import { followLink, go } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { useKeptForm } from './kept-form.ts';
import { departmentName, personName, seatedNow, useShift } from './shift-kept.ts';

const row = z.object({
  result: z.enum(lookResults),
  violation: z.string().optional(),
  person: z.string().optional(),
  note: z.string().optional(),
});
type Row = z.infer<typeof row>;

const sheetForm = z.object({
  ...{ walker: z.string(), gridId: z.string(), day: z.string(), from: z.string(), to: z.string() },
  rows: z.record(z.string(), row),
  scans: z.array(z.object({ id: z.string(), manifest: manifestEntry })),
});
type SheetForm = z.infer<typeof sheetForm>;
const beginSheet = (): SheetForm => ({
  ...{ walker: '', gridId: '', day: today(), from: '09:00', to: '10:00' },
  ...{ rows: {}, scans: [] },
});

const scanTypes = ['application/pdf', 'image/jpeg', 'image/png'];
/** Minutes by which a time written on paper may be off. */
const paperDoubt = 15;

const Entry = ({ me }: ScreenProps): ReactElement => {
  const { here, refusal } = useShift(me);
  const now = houseNow().toISOString();
  const { form, change, forget, recovered } = useKeptForm(
    { person: me.person, title: '巡查表补录', to: '/patrol/entry' },
    sheetForm,
    beginSheet,
  );
  const { walker, gridId, day, from, to, rows, scans } = form;
  const put = (some: Partial<SheetForm>): void => change((before) => ({ ...before, ...some }));
  const [said, setSaid] = useState<string>();
  const [handing, setHanding] = useState(false);
  /** What the device had no room for. */
  const [full, setFull] = useState<string>();
  if (!here) return refusal ? <Empty>{refusal.detail}</Empty> : <Waiting />;
  const { shift } = here;
  const windows = shift.windows.filter((window) => window.grid === gridId);
  const set = (window: string, row: Row | undefined): void => {
    const { [window]: _before, ...rest } = rows;
    put({ rows: row ? { ...rest, [window]: row } : rest });
  };
  const walkers = [
    ...new Map(
      (shift.walkers ?? [])
        .filter(({ from, until }) => from <= day && (until === undefined || day <= until))
        .filter(({ grid }) => grid === undefined || gridId === '' || grid === gridId)
        .map((one) => [one.id, one] as const),
    ).values(),
  ];
  const walked = walkers.some(({ id }) => id === walker) ? walker : '';
  const unnamed = Object.values(rows).some((row) => row.result === 'finding' && row.violation === undefined);
  const missing =
    walked === ''
      ? walkers.length === 0
        ? '这一天没有人有巡查职责,请核对日期和网格'
        : '请选择巡查人'
      : gridId === ''
        ? '请选择网格'
        : to < from
          ? '结束时间早于开始时间'
          : scans.length === 0
            ? '请附巡查表扫描件'
            : Object.keys(rows).length === 0
              ? '请按表逐窗口登记'
              : unnamed
                ? '有问题的窗口请选择条款'
                : undefined;

  const pick = async (files: FileList | null): Promise<void> => {
    for (const file of files ?? []) {
      if (!scanTypes.includes(file.type)) {
        setSaid('扫描件请用 PDF、JPEG 或 PNG。');
        continue;
      }
      try {
        const kept = await keep(file, { name: file.name.slice(0, 120), kind: 'document' });
        change((before) => ({ ...before, scans: [...before.scans, kept] }));
        setSaid(undefined);
        setFull(undefined);
      } catch (error) {
        if (!isFull(error)) throw error;
        setFull('文件没有保存');
      }
    }
  };

  const submit = async (): Promise<void> => {
    setHanding(true);
    const open = crypto.randomUUID();
    const startedAt = instantAt(day, from);
    const endedAt = instantAt(day, to);
    const round = newInspectionId(day, open);
    const made = { person: me.person, personName: me.name, madeAt: houseNow().toISOString() };
    const at = `/api/inspections/${encodeURIComponent(round)}`;
    const title = `补录巡查表 · ${shift.grids.find(({ id }) => id === gridId)?.name ?? ''} ${dayWords(day)}`;
    const record = crypto.randomUUID();
    const looks = Object.entries(rows).map(([window, { result, person, note }]) => ({
      ...{ window, at: endedAt, result, staffSeen: person === undefined ? [] : [person] },
      ...(note === undefined || note.trim() === '' ? {} : { note: note.trim().slice(0, 200) }),
    }));
    const opened: NewRecord = {
      ...{ ...made, id: open, path: '/api/inspections', title, creates: round },
      body: { kind: 'patrol', grid: gridId, startedAt, walkedBy: walker },
    };
    const recorded: NewRecord = {
      ...{ ...made, id: record, path: `${at}/record`, title: `${title} · 逐窗口结果`, needs: open },
      body: { looks, evidence: scans.map(({ manifest }) => manifest) },
      creates: round,
    };
    const found = Object.entries(rows).flatMap(
      ([window, { result, violation, person, note }]): NewRecord[] => {
        if (result !== 'finding' || violation === undefined) return [];
        const id = crypto.randomUUID();
        const name = violationType(violation)?.name ?? violation;
        return [
          {
            ...{ ...made, id, path: '/api/cases', needs: open },
            creates: newMonthlyId('case', monthOf(startedAt), id),
            title: `${shift.windows.find((one) => one.id === window)?.number ?? ''} · ${name}`,
            body: {
              ...{ violation, source: 'patrol', window, inspection: round, foundBy: walker },
              happened: { from: startedAt, to: endedAt, doubtSeconds: paperDoubt * 60 },
              subject:
                person === undefined ? { kind: 'unidentified' } : { kind: 'persons', persons: [person] },
              description: note?.trim() || `纸质巡查表:${name}`,
            },
          },
        ];
      },
    );
    const closed: NewRecord = {
      ...{ ...made, id: crypto.randomUUID(), path: `${at}/close`, title: `${title} · 结束`, needs: record },
      body: { endedAt },
    };
    // The whole sheet or nothing of it: a device that is full or switched off leaves no half of one.
    await enqueueAll([
      { record: opened },
      { record: recorded, files: scans },
      ...found.map((one) => ({ record: one })),
      { record: closed },
    ]);
    forget();
    go('/queue');
  };
  const handIn = async (): Promise<void> => {
    try {
      await submit();
    } catch (error) {
      if (!isFull(error)) throw error;
      setHanding(false);
      setFull('还没有提交,填过的都在');
    }
  };
  return (
    <form
      className="entry"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === undefined && !handing) void handIn();
      }}
    >
      <header className="round-head">
        <a className="button bare" href="/patrol" onClick={followLink} aria-label="返回巡查首页">
          <Icon name="back" />
        </a>
        <h1>补录巡查表</h1>
      </header>
      <div className="entry-facts">
        <label className="words">
          <span>巡查人</span>
          <select value={walked} onChange={(event) => put({ walker: event.target.value })}>
            <option value="">请选择</option>
            {walkers.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="words">
          <span>网格</span>
          <select value={gridId} onChange={(event) => put({ gridId: event.target.value, rows: {} })}>
            <option value="">请选择</option>
            {shift.grids.map(({ id, name, hall }) => (
              <option key={id} value={id}>
                {hall} {name}
              </option>
            ))}
          </select>
        </label>
        <label className="words">
          <span>日期</span>
          <input
            type="date"
            value={day}
            max={dayOf(now)}
            onChange={(event) => put({ day: event.target.value })}
          />
        </label>
        <label className="words">
          <span>开始</span>
          <input type="time" value={from} onChange={(event) => put({ from: event.target.value })} />
        </label>
        <label className="words">
          <span>结束</span>
          <input type="time" value={to} onChange={(event) => put({ to: event.target.value })} />
        </label>
        <label className="button">
          <Icon name="import" />
          {scans.length === 0 ? '附扫描件' : `扫描件 ${scans.length} 份`}
          <input
            className="unseen"
            type="file"
            accept={scanTypes.join(',')}
            multiple
            onChange={(event) => void pick(event.target.files)}
          />
        </label>
      </div>
      {said === undefined ? null : <p className="notice bad">{said}</p>}
      {full === undefined ? null : <NoRoom what={full} />}
      {recovered ? (
        <p className="notice undo" role="status">
          <span>上次没有提交的内容都在,可以接着填。</span>
          <button
            type="button"
            className="button"
            onClick={() => {
              for (const { id } of scans) void forgetFile(id);
              forget();
            }}
          >
            清空重填
          </button>
        </p>
      ) : null}
      {gridId === '' ? (
        <Empty>照纸质巡查表补录:先选巡查人、网格和时间,附上签了名的表的扫描件,再逐窗口登记。</Empty>
      ) : null}
      {windows.length > Object.keys(rows).length ? (
        <p className="line-tools">
          <button
            type="button"
            className="button"
            onClick={() =>
              put({
                rows: {
                  ...Object.fromEntries(windows.map(({ id }) => [id, { result: 'fine' } as const])),
                  ...rows,
                },
              })
            }
          >
            <Icon name="check" />
            其余正常
          </button>
          <span className="quiet">表上没有另记的 {windows.length - Object.keys(rows).length} 个窗口</span>
        </p>
      ) : null}
      <ul className="entry-rows">
        {windows.map((window) => {
          const row = rows[window.id];
          return (
            <li key={window.id} className="entry-row">
              <strong>{window.number}</strong>
              <span className="quiet">{departmentName(shift, window.department)}</span>
              <span className="line-tools">
                {(['fine', 'finding', 'notSeen'] as const).map((result) => (
                  <button
                    key={result}
                    type="button"
                    className="person"
                    aria-pressed={row?.result === result}
                    onClick={() => set(window.id, row?.result === result ? undefined : { ...row, result })}
                  >
                    {result === 'fine' ? '正常' : result === 'finding' ? '问题' : '看不清'}
                  </button>
                ))}
              </span>
              {row?.result === 'finding' ? (
                <span className="entry-finding">
                  <select
                    aria-label={`${window.number} 问题`}
                    value={row.violation ?? ''}
                    onChange={(event) => set(window.id, { ...row, violation: event.target.value })}
                  >
                    <option value="" disabled>
                      选择问题
                    </option>
                    {violationTypes.map(({ code, name }) => (
                      <option key={code} value={code}>
                        {name}
                      </option>
                    ))}
                  </select>
                  <select
                    aria-label={`${window.number} 人员`}
                    value={row.person ?? ''}
                    onChange={(event) => {
                      const { person: _before, ...rest } = row;
                      set(
                        window.id,
                        event.target.value === '' ? rest : { ...rest, person: event.target.value },
                      );
                    }}
                  >
                    <option value="">人员待核</option>
                    {seatedNow(window).here.map((person) => (
                      <option key={person} value={person}>
                        {personName(shift, person)}
                      </option>
                    ))}
                  </select>
                  <input
                    aria-label={`${window.number} 说明`}
                    placeholder="表上的说明"
                    maxLength={200}
                    value={row.note ?? ''}
                    onChange={(event) => set(window.id, { ...row, note: event.target.value })}
                  />
                </span>
              ) : null}
            </li>
          );
        })}
      </ul>
      <footer className="finding-foot">
        <span className="quiet">{missing ?? '没有登记的窗口记为“未查”'}</span>
        <button type="submit" className="button primary" disabled={missing !== undefined || handing}>
          提交补录
        </button>
      </footer>
    </form>
  );
};
export default Entry;
