// 中心信息: what the centre says of itself: name and code word, its working hours, what its papers carry, and whether hall
// CCTV may score staff. That is off until a legal basis is written down and people were told (PIPL art. 13, 17, 26).
import '../style/office.css';
import { Button, Checkbox, Form, Input, InputNumber, Radio } from 'antd';
import { type ReactElement, useState } from 'react';
import type { Centre, RegistryEntry } from '../../shared/people.ts';
import { today } from '../clock.ts';
import { Refused } from '../parts/words.tsx';
import type { ScreenProps } from '../screens.ts';
import { type Me, may } from '../visitor-here.ts';
import { PickItem, useStep, WordsItem } from './ask.tsx';
import { CentreRead, paperFields } from './centre-read.tsx';
import { entryPlace } from './entry-fields.ts';
import { placesIn } from './hours-desk.tsx';
import {
  chosenWeekdays,
  SpansItem,
  type SpanValue,
  scopeOfText,
  scopeText,
  WeekdaysItem,
} from './hours-fields.tsx';
import { Desk, refusalIn } from './kit.tsx';
import { DeskPage, Mark, NotThere, Section } from './page.tsx';
import { useWholeRegistry } from './whole-registry.ts';

const CentreDesk = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <Room me={me} />
  </Desk>
);
export default CentreDesk;

const Room = ({ me }: { me: Me }): ReactElement => {
  const { data, error, refetch } = useWholeRegistry();
  const centre = data?.find((entry) => entry.kind === 'centre');
  if (!data || centre?.kind !== 'centre') return <NotThere error={error} again={refetch} />;
  return may(me, 'registry.enterAccounts') ? (
    <CentreForm centre={centre} entries={data} />
  ) : (
    <CentreRead centre={centre} entries={data} />
  );
};

interface HoursValue {
  from: string;
  until?: string;
  spans?: SpanValue[];
  weekdays?: number[];
  scope?: string;
}
interface PlanValue {
  word?: '函' | '通报';
  year?: number;
  startsAt?: number;
}
interface Values {
  name: string;
  codeWord: string;
  firstMonth?: string;
  photosFromAlbum?: boolean;
  videoLegalBasis?: string;
  hours?: HoursValue[];
  papers?: Record<string, string | undefined>;
  numbers?: PlanValue[];
}

const sampleBasis =
  '依据《公共安全视频图像信息系统管理条例》和本中心《窗口工作人员管理办法》,经本中心领导班子会议研究并听取进驻部门和工作人员代表意见,大厅公共区域视频用于窗口服务纪律督查;已书面告知工作人员,不作人脸识别,仅由视频督查员查看,线索经专人核实后方可认定。';
const sampleNotice = `关于大厅视频用于窗口服务纪律督查的告知书

各位窗口工作人员:
一、目的:核实窗口服务纪律问题,不用于其他用途。
二、范围:大厅公共区域和窗口外侧的固定摄像机;更衣、休息、卫生区域不在其内。不采集声音,不作人脸识别。
三、方式:由视频督查员查看并登记每次查看的事由;发现的线索须由专人核实,不以系统自动判断作为依据。
四、保存:用作证据的片段按考核办法规定的期限保存,到期清除;每次调阅均有登记。
五、您的权利:可以查阅、复制与本人有关的记录,可以陈述申辩、申请复核。
六、联系:督查科。
本人已阅读上述内容。     签名:            日期:`;

interface FormProps {
  centre: Centre;
  entries: readonly RegistryEntry[];
}

const filled = (text: string | undefined): string | undefined =>
  text === undefined || text.trim() === '' ? undefined : text.trim();
const kept = <Key extends string>(key: Key, text: string | undefined): { [K in Key]?: string } | object =>
  filled(text) === undefined ? {} : { [key]: filled(text) };

const entryOf = (centre: Centre, values: Values): Record<string, unknown> => {
  const { numbers: _numbers, ...before } = centre.papers ?? {};
  const plans = (values.numbers ?? []).map((plan) => {
    const known = centre.papers?.numbers?.find(({ word, year }) => word === plan.word && year === plan.year);
    return {
      ...{ word: plan.word, year: plan.year, elsewhere: known?.elsewhere ?? [] },
      ...(plan.startsAt === undefined || plan.startsAt === null ? {} : { startsAt: plan.startsAt }),
    };
  });
  const papers = {
    ...Object.fromEntries(
      Object.entries(before).filter(([key]) => !paperFields.some(([one]) => one === key)),
    ),
    ...Object.fromEntries(
      paperFields.flatMap(([key]) => {
        const text = filled(values.papers?.[key]);
        return text === undefined ? [] : [[key, text]];
      }),
    ),
    ...(plans.length === 0 ? {} : { numbers: plans }),
  };
  return {
    kind: 'centre',
    id: centre.id,
    name: values.name.trim(),
    codeWord: values.codeWord.trim(),
    hours: (values.hours ?? []).map(({ from, until, spans, weekdays, scope }) => ({
      from,
      spans: spans ?? [],
      ...kept('until', until),
      ...chosenWeekdays(weekdays),
      ...(filled(scope) === undefined ? {} : { scope: scopeOfText(scope) }),
    })),
    ...kept('firstMonth', values.firstMonth),
    ...kept('videoLegalBasis', values.videoLegalBasis),
    ...(Object.keys(papers).length === 0 ? {} : { papers }),
    ...(values.photosFromAlbum ? { photosFromAlbum: true } : {}),
  };
};

const initialOf = (centre: Centre): Values => ({
  name: centre.name,
  codeWord: centre.codeWord,
  ...(centre.firstMonth === undefined ? {} : { firstMonth: centre.firstMonth }),
  photosFromAlbum: centre.photosFromAlbum ?? false,
  ...(centre.videoLegalBasis === undefined ? {} : { videoLegalBasis: centre.videoLegalBasis }),
  hours: centre.hours.map(({ from, until, spans, weekdays, scope }) => ({
    from,
    spans,
    ...(until === undefined ? {} : { until }),
    ...(weekdays === undefined ? {} : { weekdays }),
    ...(scope === undefined ? {} : { scope: scopeText(scope) }),
  })),
  papers: Object.fromEntries(paperFields.map(([key]) => [key, centre.papers?.[key]])),
  numbers: (centre.papers?.numbers ?? []).map(({ word, year, startsAt }) => ({
    word,
    year,
    ...(startsAt === undefined ? {} : { startsAt }),
  })),
});

const CentreForm = ({ centre, entries }: FormProps): ReactElement => {
  const [form] = Form.useForm<Values>();
  const [saved, setSaved] = useState(false);
  const step = useStep(() => setSaved(true));
  return (
    <DeskPage title="中心信息" back={{ to: '/settings', title: '大厅设置' }} under="改动保存后立即生效">
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark="optional"
        scrollToFirstError
        initialValues={initialOf(centre)}
        onValuesChange={() => setSaved(false)}
        onFinish={(values) => void step.take('/api/registry', () => ({ entries: [entryOf(centre, values)] }))}
        className="desk-stack"
      >
        <Section title="名称">
          <div className="field-row">
            <WordsItem name="name" label="中心名称" rows={1} max={60} />
            <WordsItem name="codeWord" label="发文机关代字" rows={1} max={12} placeholder="如:明政服" />
            <Form.Item name="firstMonth" label="从哪个月起在本平台考核" extra="更早的月份由期初台账导入">
              <Input type="month" />
            </Form.Item>
          </div>
          <Form.Item name="photosFromAlbum" valuePropName="checked" noStyle>
            <Checkbox>允许从相册选取照片(不勾选即只能当场拍摄)</Checkbox>
          </Form.Item>
        </Section>
        <Section title="工作时间">
          <p className="quiet">
            须有一条适用全中心、不限星期、不设截止日期的工作时间。夏令时、周五下午等另写一条;午间值班、延时、暂停在“服务时间”里登记。
          </p>
          <Form.List name="hours">
            {(fields, { add, remove }) => (
              <>
                {fields.map(({ key, name }) => (
                  <HoursRow
                    key={key}
                    at={name}
                    entries={entries}
                    remove={fields.length > 1 ? () => remove(name) : undefined}
                  />
                ))}
                <Button
                  size="small"
                  onClick={() => add({ from: today(), spans: [{ from: '09:00', to: '12:00' }] })}
                >
                  + 工作时间
                </Button>
              </>
            )}
          </Form.List>
        </Section>
        <Section title="公文">
          <div className="field-row">
            {paperFields.map(([key, label, max, hint]) => (
              <Form.Item key={key} name={['papers', key]} label={label} extra={hint}>
                <Input maxLength={max} />
              </Form.Item>
            ))}
          </div>
          <h3>发文编号从几号起</h3>
          <Form.List name="numbers">
            {(fields, { add, remove }) => (
              <>
                {fields.map(({ key, name }) => (
                  <div key={key} className="field-row">
                    <Form.Item
                      name={[name, 'word']}
                      label="文种"
                      rules={[{ required: true, message: '请选择' }]}
                    >
                      <Radio.Group options={['函', '通报']} />
                    </Form.Item>
                    <Form.Item
                      name={[name, 'year']}
                      label="年份"
                      rules={[{ required: true, message: '请填写' }]}
                    >
                      <InputNumber min={2020} max={2099} />
                    </Form.Item>
                    <Form.Item name={[name, 'startsAt']} label="从几号起">
                      <InputNumber min={1} max={99_999} />
                    </Form.Item>
                    <Button type="text" onClick={() => remove(name)}>
                      删除<span className="unseen">第 {name + 1} 条编号</span>
                    </Button>
                  </div>
                ))}
                <Button size="small" onClick={() => add({ word: '函', year: Number(today().slice(0, 4)) })}>
                  + 编号起点
                </Button>
              </>
            )}
          </Form.List>
        </Section>
        <Section
          title="视频督查"
          aside={
            centre.videoLegalBasis === undefined || centre.videoLegalBasis === '' ? (
              <Mark>未启用</Mark>
            ) : (
              <Mark tone="green">已启用</Mark>
            )
          }
        >
          <ol className="said-steps">
            <li>经领导班子研究,听取进驻部门和工作人员代表的意见。</li>
            <li>
              向每位窗口工作人员发放告知书并由本人签名。
              <details>
                <summary>告知书样稿</summary>
                <p className="quoted">{sampleNotice}</p>
              </details>
            </li>
            <li>把依据写在下面。留空即不启用:视频督查和视频证据都不能用于考核。</li>
          </ol>
          <WordsItem name="videoLegalBasis" label="法律依据和内部程序" rows={4} max={500} optional />
          <Button
            size="small"
            onClick={() => {
              form.setFieldValue('videoLegalBasis', sampleBasis);
              setSaved(false);
            }}
          >
            填入样稿,再按实际修改
          </Button>
        </Section>
        {step.error === undefined ? null : <Refused refusal={refusalIn(step.error)} place={entryPlace()} />}
        {saved ? (
          <p className="notice good" role="status">
            已保存。
          </p>
        ) : null}
        <div>
          <Button type="primary" htmlType="submit" loading={step.busy}>
            保存中心信息
          </Button>
        </div>
      </Form>
    </DeskPage>
  );
};

interface HoursRowProps {
  at: number;
  entries: readonly RegistryEntry[];
  remove: (() => void) | undefined;
}
const HoursRow = ({ at, entries, remove }: HoursRowProps): ReactElement => (
  <div className="hours-row">
    <div className="field-row">
      <Form.Item name={[at, 'from']} label="从哪天" rules={[{ required: true, message: '请填写日期' }]}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name={[at, 'until']} label="到哪天(含当日)">
        <Input type="date" />
      </Form.Item>
      <PickItem
        name={[at, 'scope']}
        label="哪里"
        choices={placesIn(entries)}
        optional
        placeholder="不选即全中心"
      />
    </div>
    <SpansItem name={[at, 'spans']} label="时段" empty="不填时段即不开放" />
    <WeekdaysItem name={[at, 'weekdays']} />
    {remove ? (
      <Button size="small" type="text" onClick={remove}>
        删除这条工作时间
      </Button>
    ) : null}
  </div>
);
