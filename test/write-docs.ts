// `npm run docs`: writes docs/table.md from the file of keys and from what the bench has measured. Run it after a key
// or the cost of a request has changed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { tableRows, tableShape } from '../functions/keys.ts';
import { unitFigures } from './bench/units.ts';

const code = (text: string): string =>
  text
    .split(', ')
    .map((one) => `\`${one}\``)
    .join(' ');
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const { journal, subject, next } = tableShape.indexes;
const indexes: readonly (readonly string[])[] = [
  [
    journal.name,
    '`<centre>#<recorded day>`',
    '`<instant>#<kind>#<id>#<version>`',
    'the events of a day: sweep, what changed since',
  ],
  [subject.name, '`<centre>#<person or department>`', '`<yyyy-mm>#<kind>#<id>`', 'a record over the months'],
  [
    next.name,
    '`<centre>`',
    '`<next instant>#<kind>#<id>`',
    'what is due, of any month; only a hint, heads are read again',
  ],
];

const figures = await unitFigures();
const text = `# The table

Written by \`npm run docs\` from \`functions/keys.ts\`; do not edit. One table, partition key \`${tableShape.pk}\`, sort key
\`${tableShape.sk}\`, expiry \`${tableShape.ttl}\` (receipts only). Every key begins with its centre, except those that lead to one. No scan anywhere.

${table(
  ['item', 'pk', 'sk', 'read for'],
  tableRows().map(({ item, pk, sk, readFor }) => [item, code(pk), code(sk), readFor]),
)}

## Indexes (keys only, sparse)

${table(['index', 'pk', 'sk', 'read for'], indexes)}

## What a request costs

Units as the engine counts reads and single writes, and as DynamoDB's published rules count transactions (twice), indexes
included, in a hall of 300 window staff and a month of 100 cases: alone in the table, and with 100 centres of 12 months
beside it. What follows from the events, and the two units in which a token finds its account, come on top.

${table(
  ['request', 'write, alone', 'write, 100 centres', 'read, alone', 'read, 100 centres'],
  figures.map(({ request, alone, crowded }) => [
    request,
    ...[alone.write, crowded.write, alone.read, crowded.read].map(String),
  ]),
)}
`;
const folder = fileURLToPath(new URL('../docs', import.meta.url));
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/table.md`, text);
process.exit(0);
