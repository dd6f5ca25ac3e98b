// 服务时间: the hours of a hall, a department or a window besides the centre's own: 午间值班, 延时服务, 暂停服务. An empty window
// in closed hours is no violation, so what stands here decides.
import '../style/office.css';
import { Button, Checkbox, Form, Input, Radio } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import type { RegistryEntry } from '../../shared/people.ts';
import type { Service } from '../../shared/service-hours.ts';
import { today } from '../clock.ts';
import { holdsToday } from '../roster-read.ts';
import type { ScreenProps } from '../screens.ts';
import { type Me, may } from '../visitor-here.ts';
import { Ask, type Choice, PickItem, WordsItem } from './ask.tsx';
import { entryName, entryPlace } from './entry-fields.ts';
import {
  chosenWeekdays,
  SpansItem,
  type SpanValue,
  scopeOfText,
  scopeText,
  spansWords,
  WeekdaysItem,
  weekdaysWords,
} from './hours-fields.tsx';
import { Desk } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { DeskPage, Mark, NotThere, Section, type Tone } from './page.tsx';
import { useWholeRegistry } from './whole-registry.ts';

type Hours = Extract<RegistryEntry, { kind: 'hours' }>;

const HoursDesk = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <Room me={me} />
  </Desk>
);
export default HoursDesk;

const services: Record<Service, { word: string; tone: Tone; says: string }> = {
  regular: { word: '工作时间', tone: 'plain', says: '代替全中心的工作时间' },
  noonDuty: { word: '午间值班', tone: 'blue', says: '在工作时间之外加开' },
  extended: { word: '延时服务', tone: 'blue', says: '在工作时间之外加开,也可以在休息日' },
  suspended: { word: '暂停服务', tone: 'amber', says: '这些时段不开放,窗口无人不是空岗' },
};

const Room = ({ me }: { me: Me }): ReactElement => {
  const { data, error, refetch } = useWholeRegistry();
  const [editing, setEditing] = useState<Hours | 'new'>();
  const [ended, setEnded] = useState(false);
  const names = useMemo(
    () => new Map((data ?? []).map((entry) => [`${entry.kind}:${entry.id}`, entryName(entry)])),
    [data],
  );
  if (!data) return <NotThere error={error} again={refetch} />;
  const centre = data.find((entry) => entry.kind === 'centre');
  const all = data.flatMap((entry) => (entry.kind === 'hours' ? [entry] : []));
  const rows = all.filter((one) => ended || one.until === undefined || one.until >= today());
  const writes = may(me, 'registry.enter');
  const where = (one: Hours): string => names.get(scopeText(one.scope)) ?? '全中心';
  return (
    <DeskPage
      title="服务时间"
      back={{ to: '/settings', title: '大厅设置' }}
      under="值班、延时和暂停服务;服务时间以外窗口无人不是空岗"
      actions={
        writes ? (
          <Button type="primary" onClick={() => setEditing('new')}>
            登记服务时间
          </Button>
        ) : undefined
      }
    >
      {centre?.kind === 'centre' ? (
        <Section title="工作时间">
          <ul>
            {centre.hours.map((one) => (
              <li key={`${one.from}${scopeText(one.scope ?? {})}${spansWords(one.spans)}`}>
                {names.get(scopeText(one.scope ?? {})) ?? '全中心'} {spansWords(one.spans)}{' '}
                {weekdaysWords(one.weekdays)}{' '}
                <span className="quiet">
                  {one.from} 起{one.until === undefined ? '' : `,至 ${one.until}`}
                </span>
              </li>
            ))}
          </ul>
          <p className="quiet">由系统管理员在“中心信息”里修改。</p>
        </Section>
      ) : null}
      <Section
        title="值班、延时和暂停"
        aside={
          all.length > rows.length || ended ? (
            <Checkbox checked={ended} onChange={({ target }) => setEnded(target.checked)}>
              含已结束的
            </Checkbox>
          ) : undefined
        }
      >
        <Ledger
          caption="值班、延时和暂停"
          rows={rows}
          idOf={({ id }) => id}
          sorted="-from"
          empty="没有另外登记的服务时间:各处都按全中心的工作时间。"
          columns={[
            {
              key: 'service',
              title: '种类',
              cell: ({ service }) => <Mark tone={services[service].tone}>{services[service].word}</Mark>,
              by: ({ service }) => service,
            },
            { key: 'where', title: '哪里', cell: where, by: where },
            {
              key: 'spans',
              title: '时段',
              cell: ({ spans, weekdays, daysOff }) =>
                [spansWords(spans), weekdaysWords(weekdays), daysOff ? '只在休息日' : '']
                  .filter((part) => part !== '')
                  .join(' · '),
            },
            {
              key: 'who',
              title: '值班人员',
              wide: true,
              cell: ({ persons }) => (persons ?? []).map((id) => names.get(`staff:${id}`) ?? id).join('、'),
            },
            { key: 'notice', title: '告示', wide: true, cell: ({ notice }) => notice ?? '' },
            { key: 'from', title: '从', cell: ({ from }) => from, by: ({ from }) => from },
            { key: 'until', title: '到', cell: ({ until }) => until ?? '', by: ({ until }) => until ?? '9' },
            {
              key: 'do',
              title: '',
              cell: (one) =>
                writes ? (
                  <Button size="small" type="text" onClick={() => setEditing(one)}>
                    修改
                    <span className="unseen">
                      {where(one)}
                      {services[one.service].word}
                    </span>
                  </Button>
                ) : null,
            },
          ]}
        />
      </Section>
      {editing === undefined ? null : (
        <Edit
          entries={data}
          of={editing === 'new' ? undefined : editing}
          close={() => setEditing(undefined)}
        />
      )}
    </DeskPage>
  );
};

interface Values {
  service: Service;
  scope?: string;
  spans?: SpanValue[];
  weekdays?: number[];
  daysOff?: boolean;
  persons?: string[];
  notice?: string;
  from: string;
  until?: string;
}
interface EditProps {
  entries: readonly RegistryEntry[];
  of: Hours | undefined;
  close(): void;
}

/** Halls, departments and windows that stand today, as one choice of where. */
export const placesIn = (entries: readonly RegistryEntry[]): Choice[] => {
  const words = { hall: '大厅', department: '部门', window: '窗口' } as const;
  return (['hall', 'department', 'window'] as const).flatMap((kind) =>
    entries.flatMap((entry) =>
      entry.kind === kind && holdsToday(entry)
        ? [{ value: `${kind}:${entry.id}`, label: `${words[kind]} ${entryName(entry)}` }]
        : [],
    ),
  );
};

const Edit = ({ entries, of, close }: EditProps): ReactElement => {
  const [id] = useState(() => of?.id ?? `hours-${crypto.randomUUID().slice(0, 13)}`);
  const [service, setService] = useState<Service>(of?.service ?? 'noonDuty');
  const adds = service === 'noonDuty' || service === 'extended';
  const people = entries.flatMap((entry) =>
    entry.kind === 'staff' && entry.post === 'window' && holdsToday(entry)
      ? [{ value: entry.id, label: entry.name }]
      : [],
  );
  const scope = of ? scopeText(of.scope) : '';
  return (
    <Ask<Values>
      open
      title={of ? '修改服务时间' : '登记服务时间'}
      okText="保存"
      onClose={close}
      path="/api/registry"
      place={entryPlace()}
      initial={
        of
          ? {
              ...{ service: of.service, spans: of.spans, from: of.from },
              ...(scope === '' ? {} : { scope }),
              ...(of.weekdays === undefined ? {} : { weekdays: of.weekdays }),
              ...(of.daysOff === undefined ? {} : { daysOff: of.daysOff }),
              ...(of.persons === undefined ? {} : { persons: of.persons }),
              ...(of.notice === undefined ? {} : { notice: of.notice }),
              ...(of.until === undefined ? {} : { until: of.until }),
            }
          : { service: 'noonDuty', spans: [{ from: '12:00', to: '13:30' }], from: today() }
      }
      fields={({ scope: where, spans, weekdays, daysOff, persons, notice, from, until, ...rest }) => ({
        entries: [
          {
            kind: 'hours',
            id,
            service: rest.service,
            scope: scopeOfText(where),
            spans: spans ?? [],
            ...chosenWeekdays(weekdays),
            ...(adds && daysOff ? { daysOff: true } : {}),
            ...(adds && persons && persons.length > 0 ? { persons } : {}),
            ...(notice === undefined || notice.trim() === '' ? {} : { notice: notice.trim() }),
            from,
            ...(until === undefined || until === '' ? {} : { until }),
          },
        ],
      })}
    >
      <Form.Item name="service" label="种类" extra={services[service].says} rules={[{ required: true }]}>
        <Radio.Group
          onChange={({ target }) => setService(serviceOf(target.value))}
          options={(['noonDuty', 'extended', 'suspended', 'regular'] as const).map((value) => ({
            value,
            label: services[value].word,
          }))}
        />
      </Form.Item>
      <PickItem
        name="scope"
        label="哪里"
        choices={placesIn(entries)}
        optional={service !== 'regular'}
        placeholder="不选即全中心"
      />
      <SpansItem
        name="spans"
        label="时段"
        {...(service === 'suspended' ? { empty: '不填时段即全天暂停' } : {})}
      />
      <WeekdaysItem name="weekdays" />
      {adds ? (
        <>
          <Form.Item name="daysOff" valuePropName="checked">
            <Checkbox>只在休息日(周末、节假日延时服务)</Checkbox>
          </Form.Item>
          <PickItem
            name="persons"
            label="值班人员"
            many
            optional
            choices={people}
            placeholder="不选即该窗口登记在岗的所有人"
          />
        </>
      ) : null}
      <WordsItem name="notice" label="窗口告示" rows={1} max={60} optional placeholder="如:设备检修" />
      <div className="field-row">
        <Form.Item name="from" label="从哪天" rules={[{ required: true, message: '请填写日期' }]}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="until" label="到哪天(含当日)" extra="不填即一直有效">
          <Input type="date" />
        </Form.Item>
      </div>
    </Ask>
  );
};
const serviceOf = (value: unknown): Service =>
  value === 'extended' || value === 'suspended' || value === 'regular' ? value : 'noonDuty';
