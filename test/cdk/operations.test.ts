// The operations guide explains every setting there is, in the words of the settings themselves.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../cdk/bundle.ts';
import { explainedSettings } from '../../cdk/settings.ts';

it('lists every setting with what it does and what it is when left out', () => {
  const guide = readFileSync(join(root, 'docs/operations.md'), 'utf8');
  const rows = explainedSettings().map(
    ({ name, says, otherwise }) =>
      `| \`${name}\` | ${says} | ${otherwise === '必填' || otherwise === '—' ? otherwise : `\`${otherwise}\``} |`,
  );
  expect(rows.filter((row) => !guide.includes(row))).toEqual([]);
});
