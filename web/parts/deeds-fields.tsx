// What a nomination tells of a candidate, as the title's rule asks for it: the material with its length, the number of deeds.
import type { ReactElement } from 'react';
import type { View } from '../../shared/views.ts';
import { WordsField } from './light-form.tsx';

/** As the rule counts: without blanks. */
const lengthOf = (material: string): number => [...material.replace(/\s/gu, '')].length;

export interface Deeds {
  material: string;
  /** As typed; empty where not asked for. */
  deeds: string;
}
export const noDeeds: Deeds = { material: '', deeds: '' };
/** As the door takes them. */
export const deedsFields = ({ material, deeds }: Deeds): { material: string; deeds?: number } => ({
  material: material.trim(),
  ...(deeds === '' ? {} : { deeds: Number(deeds) }),
});

interface DeedsFieldsProps {
  asked: View<'award.read'>['state']['material'];
  value: Deeds;
  change(value: Deeds): void;
}
export const DeedsFields = ({ asked, value, change }: DeedsFieldsProps): ReactElement => (
  <>
    <WordsField
      label="事迹材料"
      value={value.material}
      change={(material) => change({ ...value, material })}
    />
    <p className="hint" aria-live="polite">
      已写 {lengthOf(value.material)} 字
      {asked === undefined || asked.characters === 0 ? '' : `,要求不少于 ${asked.characters} 字`}
    </p>
    {asked === undefined || asked.deeds === 0 ? null : (
      <label className="field">
        突出事迹几件(要求 {asked.deeds} 件以上)
        <input
          type="number"
          inputMode="numeric"
          min={0}
          max={20}
          required
          value={value.deeds}
          onChange={({ target }) => change({ ...value, deeds: target.value })}
        />
      </label>
    )}
  </>
);
