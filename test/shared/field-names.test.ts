// Every field that a command can have is called something in Chinese, so that no refusal shows a word of the program.
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { publicCommands } from '../../shared/commands.ts';
import { fieldName, fieldNames } from '../../shared/field-names.ts';

/** Every property anywhere in a JSON schema. */
const propertiesIn = (schema: unknown): string[] => {
  if (Array.isArray(schema)) return schema.flatMap(propertiesIn);
  const node = z.looseObject({ properties: z.looseObject({}).optional() }).safeParse(schema);
  if (!node.success) return [];
  const { properties = {}, ...rest } = node.data;
  return [
    ...Object.keys(properties),
    ...Object.values(properties).flatMap(propertiesIn),
    ...Object.values(rest).flatMap(propertiesIn),
  ];
};

describe('the names of fields', () => {
  it('call every field of every command something in Chinese', () => {
    const used = new Set(
      publicCommands.flatMap(({ fields }) =>
        propertiesIn(z.toJSONSchema(fields, { unrepresentable: 'any', io: 'input' })),
      ),
    );
    expect([...used].filter((field) => fieldNames[field] === undefined).sort()).toEqual([]);
  });

  it('name a place within a list, and leave alone what nobody knows', () => {
    expect(fieldName('rows.0.value')).toBe('数据第 1 项 › 数值');
    expect(fieldName('reason')).toBe('理由');
    expect(fieldName('mingchuang-centre')).toBeUndefined();
  });
});
