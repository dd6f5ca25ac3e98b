// Who was there: who should have sat at the window, who did, and what excuses an empty seat. Reads only.
import type { ReactElement } from 'react';
import { leaveTitles } from '../../shared/leave.ts';
import type { View } from '../../shared/views.ts';
import { dateTimeWords } from '../time-words.ts';
import { named, peopleWords } from './history-words.ts';
import { useView } from './kit.tsx';
import { Mark, NotThere, Section } from './page.tsx';

type Presence = View<'case.presence'>;
type Moment = Presence['moments'][number];

export const CasePresence = ({ id }: { id: string }): ReactElement | null => {
  const { data, error, refetch } = useView('case.presence', `/api/cases/${id}/presence`);
  if (!data) return error === null ? null : <NotThere error={error} again={refetch} />;
  if (data.moments.length === 0) return null;
  const { excuse, names } = data;
  return (
    <Section
      title="当时的在岗情况"
      aside={
        excuse === undefined ? undefined : (
          <Mark tone="amber">
            {excuse.why === 'closed' ? '非服务时间' : excuse.late ? '请假为事后补报' : '已请假或另有顶岗'}
          </Mark>
        )
      }
    >
      {excuse === undefined ? null : (
        <p className="notice">
          {excuse.late
            ? '请假或顶岗在问题发生之后才登记(事后补报)。是否采信由核实人决定;不予采信的须说明理由。'
            : '空岗有登记的请假、顶岗或停止服务,不是违规,应核实为不属实。'}
        </p>
      )}
      <ul className="presence">
        {data.moments.map((moment) => (
          <li key={moment.at}>
            <span className="quiet">{dateTimeWords(moment.at)}</span> {openWords(moment)}
            <ul>
              {moment.should.length === 0 ? null : (
                <li>
                  应在岗:
                  {moment.should.map((one, nth) => (
                    <span key={one.person}>
                      {nth === 0 ? '' : '、'}
                      {named(one.person, names)}
                      {one.away ? <span className="quiet">({awayWords(one.away, names)})</span> : null}
                    </span>
                  ))}
                </li>
              )}
              {moment.covering.map((one) => (
                <li key={one.slip}>
                  顶岗:{named(one.person, names)}
                  {one.absent === undefined ? '' : `,代 ${named(one.absent, names)}`}
                </li>
              ))}
              <li>
                <strong>
                  按登记在岗:{moment.did.length === 0 ? '无人' : peopleWords(moment.did, names)}
                </strong>
              </li>
            </ul>
          </li>
        ))}
      </ul>
    </Section>
  );
};

const openWords = ({ opening }: Moment): string => (opening.open ? '服务时间' : '不在服务时间');

const awayWords = (
  away: NonNullable<Moment['should'][number]['away']>,
  names: Record<string, string>,
): string => {
  const late = away.late
    ? `,${dateTimeWords(away.filedAt)} 事后补报`
    : `,${dateTimeWords(away.filedAt)} 登记`;
  if (away.kind === 'elsewhere') return `在 ${named(away.window, names)} 顶岗${late}`;
  return `${away.leave === undefined ? '请假' : leaveTitles[away.leave]}${late}`;
};
