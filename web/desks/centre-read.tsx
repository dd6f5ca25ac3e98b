// 中心信息 as it is read by those who may not change it: what the centre says of itself in words, and whom to ask.
import type { ReactElement } from 'react';
import type { Centre, RegistryEntry } from '../../shared/people.ts';
import { chineseDate, chineseMonth } from '../../shared/time.ts';
import { holdsToday } from '../roster-read.ts';

import { entryName } from './entry-fields.ts';
import { scopeText, spansWords, weekdaysWords } from './hours-fields.tsx';
import { DeskPage, Facts, Mark, Section } from './page.tsx';

/** What papers carry: key, label, length at most, hint. */
export const paperFields = [
  ['letterMark', '函的发文机关标志', 60, '不填即用中心名称;不加“文件”'],
  ['bulletinMark', '通报的发文机关标志', 60, '不填即用中心名称'],
  ['signature', '发文机关署名', 60, '与中心名称不同时填写'],
  ['contact', '附注(联系人、电话)', 80, '圆括号由系统加上'],
  ['salutation', '主送机关写法', 80, '含“{部门}”,如:{部门}并转有关科室'],
  ['closing', '结束语', 40, '不填即“特此函告。”'],
  ['checkAt', '扫码核对的地址', 60, '收文单位能打开的本平台地址,如 https://mc.example.gov.cn'],
] as const;

interface ReadProps {
  centre: Centre;
  entries: readonly RegistryEntry[];
}

/** Whoever is an administrator today, by name; empty where none is known here. */
const administrators = (entries: readonly RegistryEntry[]): string => {
  const ids = entries.flatMap((one) =>
    one.kind === 'grant' && one.role === 'admin' && holdsToday(one) ? [one.person] : [],
  );
  const names = entries.flatMap((one) => (one.kind === 'staff' && ids.includes(one.id) ? [one.name] : []));
  return names.length === 0 ? '' : `(${names.join('、')})`;
};

export const CentreRead = ({ centre, entries }: ReadProps): ReactElement => {
  const places = new Map(entries.map((entry) => [`${entry.kind}:${entry.id}`, entryName(entry)]));
  const basis = centre.videoLegalBasis ?? '';
  return (
    <DeskPage
      title="中心信息"
      back={{ to: '/settings', title: '大厅设置' }}
      under={`只能由系统管理员${administrators(entries)}修改;有误或要改的,请告知系统管理员`}
    >
      <Section title="名称">
        <Facts
          of={[
            ['中心名称', centre.name],
            ['发文机关代字', centre.codeWord],
            ['本平台考核起始月', centre.firstMonth === undefined ? '未填' : chineseMonth(centre.firstMonth)],
            ['现场照片', centre.photosFromAlbum ? '可以从相册选取' : '只能当场拍摄'],
          ]}
        />
      </Section>
      <Section title="工作时间">
        <Facts
          of={centre.hours.map((one) => [
            `${chineseDate(one.from)}起${one.until === undefined ? '' : `,至 ${chineseDate(one.until)}`}`,
            [
              places.get(scopeText(one.scope ?? {})) ?? '全中心',
              one.spans.length === 0 ? '不开放' : spansWords(one.spans),
              weekdaysWords(one.weekdays),
            ]
              .filter((part) => part !== '')
              .join(' · '),
          ])}
        />
      </Section>
      <Section title="公文">
        <Facts
          of={[
            ...paperFields.map(([key, label]): [string, string] => [
              label,
              centre.papers?.[key] ?? '未填,按缺省',
            ]),
            ...(centre.papers?.numbers ?? []).map(({ word, year, startsAt }): [string, string] => [
              `${year} 年${word}的编号`,
              `从 ${startsAt ?? 1} 号起`,
            ]),
          ]}
        />
      </Section>
      <Section title="视频督查" aside={basis === '' ? <Mark>未启用</Mark> : <Mark tone="green">已启用</Mark>}>
        {basis === '' ? (
          <p className="quiet">没有填写法律依据和内部程序:视频督查和视频证据不能用于考核。</p>
        ) : (
          <p className="quoted">{basis}</p>
        )}
      </Section>
    </DeskPage>
  );
};
