// 委托代理: handing on one of one's own roles for some days, and ending it. What the deputy does is shown as 某某(代).
import '../style/office.css';
import { Button, Form, Input, Select } from 'antd';
import { type ReactElement, useState } from 'react';
import { roleTitles } from '../../shared/people.ts';
import { plusDays } from '../../shared/time.ts';
import { today } from '../clock.ts';
import { type EntryOf, holdsToday } from '../roster-read.ts';
import type { ScreenProps } from '../screens.ts';
import { hasSettings, type Me, may } from '../visitor-here.ts';
import { Ask, PickItem } from './ask.tsx';
import { useRegistry } from './hall-register.ts';
import { Desk } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { DeskPage, Mark, NotThere, Section } from './page.tsx';

const Delegation = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <Room me={me} />
  </Desk>
);
export default Delegation;

interface Handed {
  which: number;
  to: string;
  from: string;
  until: string;
}

const Room = ({ me }: { me: Me }): ReactElement => {
  const grants = useRegistry('grant');
  const staff = useRegistry('staff');
  const [handing, setHanding] = useState(false);
  const [ending, setEnding] = useState<string>();
  if (!grants.data || !staff.data)
    return <NotThere error={grants.error ?? staff.error} again={grants.refetch} />;
  const names = new Map(staff.data.map(({ id, name }) => [id, name]));
  const own = me.roles.filter(
    ({ delegatedBy, role }) => delegatedBy === undefined && role !== 'auditor' && role !== 'staff',
  );
  const all = grants.data
    .filter(
      ({ delegatedBy, person }) =>
        delegatedBy !== undefined && (hasSettings(me) || [delegatedBy, person].includes(me.person)),
    )
    .sort((a, b) => (a.from < b.from ? 1 : -1));
  return (
    <DeskPage
      title="委托代理"
      {...(hasSettings(me) && { back: { to: '/settings', title: '大厅设置' } })}
      under="外出、休假期间把自己的职责委托他人;受托人办理的事项显示为“某某(代)”"
      actions={
        own.length > 0 ? (
          <Button type="primary" onClick={() => setHanding(true)}>
            委托他人
          </Button>
        ) : undefined
      }
    >
      <Section title="委托记录">
        <Ledger
          caption="委托记录"
          rows={all}
          idOf={({ id }) => id}
          empty="没有委托。没有人可办的事项会自动转给其他格长、科室负责人,不会搁置。"
          columns={[
            {
              key: 'by',
              title: '委托人',
              cell: ({ delegatedBy }) => names.get(delegatedBy ?? '') ?? delegatedBy,
            },
            { key: 'role', title: '职责', cell: ({ role }) => roleTitles[role] },
            { key: 'to', title: '受托人', cell: ({ person }) => names.get(person) ?? person },
            { key: 'from', title: '从', cell: ({ from }) => from, by: ({ from }) => from },
            { key: 'until', title: '到', cell: ({ until }) => until ?? '', by: ({ until }) => until ?? '' },
            {
              key: 'state',
              title: '状态',
              cell: (one) =>
                holdsToday(one) ? (
                  <Mark tone="green">有效</Mark>
                ) : one.from > today() ? (
                  <Mark tone="blue">未开始</Mark>
                ) : (
                  <Mark>已结束</Mark>
                ),
            },
            {
              key: 'do',
              title: '',
              cell: (one) =>
                (one.delegatedBy === me.person || may(me, 'registry.enterAccounts')) &&
                (one.until ?? '9') >= today() ? (
                  <Button size="small" type="text" onClick={() => setEnding(one.id)}>
                    提前结束<span className="unseen">{names.get(one.person)}的委托</span>
                  </Button>
                ) : null,
            },
          ]}
        />
      </Section>
      {handing ? (
        <Ask<Handed>
          open
          title="委托他人"
          okText="委托"
          onClose={() => setHanding(false)}
          path="/api/registry/delegate"
          initial={{ which: 0, from: today(), until: plusDays(today(), 7) }}
          fields={({ which, to, from, until }) => {
            const role = own[which];
            return {
              ...{ to, from, until, role: role?.role },
              ...(role?.grid === undefined ? {} : { grid: role.grid }),
              ...(role?.department === undefined ? {} : { department: role.department }),
            };
          }}
        >
          <Form.Item name="which" label="职责" rules={[{ required: true }]}>
            <Select options={own.map(({ title }, value) => ({ value, label: title }))} />
          </Form.Item>
          <Deputies of={own} staff={staff.data.filter((one) => one.id !== me.person && holdsToday(one))} />
          <Form.Item name="from" label="从" rules={[{ required: true, message: '请填写' }]}>
            <Input type="date" min={today()} />
          </Form.Item>
          <Form.Item name="until" label="到(含当日)" rules={[{ required: true, message: '请填写' }]}>
            <Input type="date" min={today()} />
          </Form.Item>
        </Ask>
      ) : null}
      {ending === undefined ? null : (
        <Ask<{ until: string }>
          open
          title="提前结束委托"
          okText="结束"
          onClose={() => setEnding(undefined)}
          path={`/api/registry/${encodeURIComponent(`grant:${ending}`)}/end-delegation`}
          initial={{ until: plusDays(today(), -1) }}
          fields={({ until }) => ({ until })}
        >
          <Form.Item
            name="until"
            label="最后一天(即刻结束填昨天)"
            rules={[{ required: true, message: '请填写' }]}
          >
            <Input type="date" min={plusDays(today(), -1)} />
          </Form.Item>
        </Ask>
      )}
    </DeskPage>
  );
};

/** A role of a department is handed on within it, any other within the office. */
const Deputies = ({ of, staff }: { of: Me['roles']; staff: readonly EntryOf<'staff'>[] }): ReactElement => {
  const which: unknown = Form.useWatch('which');
  const department = of.find((_role, at) => at === which)?.department;
  return (
    <PickItem
      name="to"
      label="委托给"
      choices={staff
        .filter((one) => (department === undefined ? one.post === 'office' : one.department === department))
        .map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
};
