// An example for a JSON schema: required members only, each the plainest value its schema takes. For the API page.

/** A JSON schema as far as an example needs it. */
export interface ExampleSchema {
  type?: string | undefined;
  const?: unknown;
  enum?: unknown[] | undefined;
  default?: unknown;
  pattern?: string | undefined;
  format?: string | undefined;
  minLength?: number | undefined;
  minimum?: number | undefined;
  minItems?: number | undefined;
  items?: unknown;
  properties?: Record<string, unknown> | undefined;
  required?: string[] | undefined;
  anyOf?: unknown[] | undefined;
  oneOf?: unknown[] | undefined;
  allOf?: unknown[] | undefined;
}

/** Tried in turn where a pattern is asked for. */
const words = [
  'staff-0101',
  '2026-11-18T02:15:00.000Z',
  '2026-11-18',
  '2026-11',
  '09:05',
  '0190a1b2-0000-4000-8000-000000000001',
  'case-2026-11-0190a1b2-0000-4000-8000-000000000002',
  'case-2026-11-0190a1b2-0000-4000-8000-000000000002~1',
  'bonus-2026-11-0190a1b2-0000-4000-8000-000000000003',
  'letter-2026-11-0190a1b2-0000-4000-8000-000000000004',
  'complaint-2026-11-0190a1b2-0000-4000-8000-000000000008',
  '26-11-0042',
  'rectification-2026-11-0190a1b2-0000-4000-8000-000000000006',
  'inspection-2026-11-18-0190a1b2-0000-4000-8000-000000000005',
  'figure-2026-11-staff-casesHandled',
  'urge-2026-11-often-staff-0101-1',
  'enforcement-urge-2026-11-often-staff-0101-1',
  'objection-2026-11-staff-0101',
  'talk-2026-11-section-staff-0101-1',
  'award-2026-11-star',
  'leave-2026-11-0190a1b2-0000-4000-8000-000000000006',
  'cover-2026-11-0190a1b2-0000-4000-8000-000000000007',
  'rulebook-2026-07',
  'star',
  '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'A1',
  '示例',
];

/** Members whose fitting value no schema tells. */
const known: Record<string, unknown> = {
  mediaType: 'image/jpeg',
  violation: 'DIS-PHONE',
  clause: '3',
  publicNumber: '2026320',
  entries: [{ kind: 'hall', id: 'hall-1', name: '一号大厅', from: '2026-01-01' }],
};

/** What an operation cannot do without, though each member alone may be left out. */
const needed: Record<string, Record<string, unknown>> = {
  'letter.addScan': {
    evidence: [
      {
        ...{ name: '用印扫描件.pdf', kind: 'document', mediaType: 'application/pdf', size: 300_000 },
        sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        takenAt: '2026-11-18T02:15:00.000Z',
      },
    ],
  },
  'inspection.record': {
    looks: [{ window: 'window-a01', at: '2026-11-18T02:15:00.000Z', result: 'fine', staffSeen: [] }],
  },
};

/** The example body of an operation. */
export const sampleOf = (operation: string, body: unknown): unknown => {
  const example = exampleOf(body);
  return isSchema(example) ? { ...example, ...needed[operation] } : example;
};

const isSchema = (value: unknown): value is ExampleSchema => typeof value === 'object' && value !== null;

const exampleOf = (schema: unknown): unknown => {
  if (!isSchema(schema)) return {};
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
  if (choice !== undefined) return exampleOf(choice);
  switch (schema.type) {
    case 'string':
      return wordFor(schema);
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, 0);
    case 'boolean':
      return true;
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => exampleOf(schema.items));
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, known[name] ?? exampleOf(schema.properties?.[name])]),
      );
    default:
      return {};
  }
};

const wordFor = ({ pattern, minLength, format }: ExampleSchema): string => {
  if (format === 'date') return '2026-11-18';
  if (format === 'date-time') return '2026-11-18T02:15:00.000Z';
  const fits = pattern === undefined ? () => true : (word: string) => new RegExp(pattern, 'u').test(word);
  if (pattern === undefined) return '示例'.padEnd(minLength ?? 0, '例');
  return words.find(fits) ?? '示例';
};
