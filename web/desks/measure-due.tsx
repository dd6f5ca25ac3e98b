// The form that carries a measure out: which one the address names, whether it is still asked for, what it rests on, and
// the frame its record is written in. What a talk or another measure asks for, its own form says.
import { Form } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { measureNames } from '../../shared/rulebook-frame.ts';
import type { View } from '../../shared/views.ts';
import { Empty, Refused } from '../parts/words.tsx';
import { followLink, useAsked } from '../route.ts';
import type { useStep } from './ask.tsx';
import { refusalIn, useView } from './kit.tsx';
import { MeasureGround, subjectOf } from './measures.tsx';
import { DeskPage, NotThere, Section } from './page.tsx';
import { monthWords } from './wall-time.ts';

type Measure = View<'month.measures'>['measures'][number];
interface Due<Met> {
  month: string;
  measure: Measure;
  board: View<'month.board'>;
  /** What this form needs of the measure: whom it meets, or its kind. */
  met: Met;
}

/**
 * The measure of `?measure=`, as far as it is one of this `name`: `meets` tells what the form needs of it, undefined when it
 * is none. `instead` is what the page shows while there is nothing to carry out.
 */
export const useMeasureDue = <Met,>(name: string, meets: (measure: Measure) => Met | undefined) => {
  const id = useAsked().get('measure') ?? '';
  const month = /-(20\d\d-\d\d)-/.exec(id)?.[1] ?? '';
  const measures = useView('month.measures', `/api/months/${month}/measures`, { enabled: month !== '' });
  const board = useView('month.board', `/api/months/${month}/board`, { enabled: month !== '' });
  const wait = (instead: ReactElement) => ({ instead, due: undefined });
  if (month === '')
    return wait(
      <Empty>
        请从
        <a href="/todo" onClick={followLink}>
          待办
        </a>
        或月度看板的“措施”里选择要办理的{name}。
      </Empty>,
    );
  if (!measures.data || !board.data)
    return wait(<NotThere error={measures.error ?? board.error} again={measures.refetch} />);
  const measure = measures.data.measures.find((one) => one.id === id);
  const met = measure && meets(measure);
  if (!measure || met === undefined)
    return wait(<Empty>这项{name}已不需要办理:所依据的问题有变化,或者已经办理。</Empty>);
  const due: Due<Met> = { month, measure, board: board.data, met };
  return { due, instead: undefined };
};

interface FormProps<Values> {
  due: Due<unknown>;
  back: { to: string; title: string };
  /** What the record is called. */
  title: string;
  initial: Partial<Values>;
  step: ReturnType<typeof useStep>;
  send(values: Values): void;
  okText: string;
  children: ReactNode;
}

export const MeasureForm = <Values extends object>({
  due: { month, measure, board },
  back,
  title,
  initial,
  step,
  send,
  okText,
  children,
}: FormProps<Values>): ReactElement => (
  <DeskPage
    back={back}
    title={`${measureNames[measure.kind]}:${subjectOf(measure, board)}`}
    under={`${monthWords(month)} · ${measure.reason}`}
  >
    <div className="desk-columns">
      <div>
        <Section title={title} className="task">
          <Form<Values>
            layout="vertical"
            requiredMark="optional"
            scrollToFirstError
            initialValues={initial}
            onFinish={send}
          >
            {children}
            {step.error === undefined ? null : <Refused refusal={refusalIn(step.error)} />}
            <button type="submit" className="button primary" disabled={step.busy}>
              {step.busy ? '正在保存…' : okText}
            </button>
          </Form>
        </Section>
      </div>
      <div>
        <MeasureGround measure={measure} board={board} />
      </div>
    </div>
  </DeskPage>
);
