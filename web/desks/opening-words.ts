// What a fact of an old ledger is called in one line. Knows no screen.
import { severityNames, violationType } from '../../shared/catalog.ts';
import type { Registry } from '../../shared/people.ts';
import type { RuleBook } from '../../shared/rulebook.ts';
import { measureNames } from '../../shared/rulebook-frame.ts';
import { chineseDate } from '../../shared/time.ts';
import type { View } from '../../shared/views.ts';
import { monthWords, pointsWords } from './wall-time.ts';

type Fact = View<'opening.list'>['items'][number]['state']['fact'];

export const kindWords: Record<Fact['kind'], string> = { case: '问题', measure: '措施', title: '称号' };

/** Titles are named as the rule book names them now; by their code where it names them no more. */
export const openingWords = (fact: Fact, registry: Registry, book?: RuleBook | null): string => {
  const person = (id: string): string => registry.of.staff.get(id)?.name ?? id;
  const where = (department: string | undefined, window: string | undefined): string[] => [
    ...(department === undefined ? [] : [registry.of.department.get(department)?.name ?? department]),
    ...(window === undefined ? [] : [registry.of.window.get(window)?.number ?? window]),
  ];
  switch (fact.kind) {
    case 'case':
      return [
        chineseDate(fact.day),
        ...fact.persons.map(person),
        ...where(fact.department, fact.window),
        fact.violation === undefined ? '' : (violationType(fact.violation)?.name ?? fact.violation),
        severityNames[fact.severity],
        fact.points === undefined ? '' : `当时扣 ${pointsWords(fact.points)} 分`,
        fact.measure === undefined ? '' : measureNames[fact.measure],
      ]
        .filter((part) => part !== '')
        .join(' · ');
    case 'measure':
      return [
        chineseDate(fact.day),
        measureNames[fact.measure],
        fact.person === undefined ? '' : person(fact.person),
        ...where(fact.department, undefined),
      ]
        .filter((part) => part !== '')
        .join(' · ');
    case 'title':
      return `${monthWords(fact.month)} · ${person(fact.person)} · ${book?.awards.find(({ code }) => code === fact.award)?.title ?? fact.award}`;
  }
};
