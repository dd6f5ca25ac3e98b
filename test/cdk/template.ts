// The synthesised templates as the tests look at them: the stages there are, with a stub for the functions' code.
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import * as z from 'zod';
import { checkSettings, readSettings } from '../../cdk/settings.ts';
import { HallStack } from '../../cdk/stack.ts';
import cdkJson from '../../cdk.json' with { type: 'json' };

const statement = z.object({
  Action: z.union([z.string(), z.array(z.string())]).transform((action) => [action].flat()),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.unknown().optional(),
  Resource: z.unknown().transform((resource) => [resource].flat()),
  Condition: z.unknown().optional(),
});
export type Statement = z.output<typeof statement>;
const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});
export type Resource = z.output<typeof resource>;

/**
 * Synthesises a stage, with other settings where a test says so; the library's own validation of templates is left to
 * the test of `npm run synth`.
 */
export const raise = (stage: 'world' | 'china' | 'china-accounts', other: Record<string, unknown> = {}) => {
  process.env.CDK_VALIDATION = 'false';
  const { context } = cdkJson;
  const app = new App({ context, analyticsReporting: false });
  const { stage: _name, partition: _derived, ...given } = readSettings(stage);
  const settings = checkSettings(stage, { ...given, ...other });
  const stack = new HallStack(app, { settings, code: () => Code.fromInline('// stub') });
  const { Resources: found } = z
    .object({ Resources: z.record(z.string(), resource) })
    .parse(Template.fromStack(stack).toJSON());

  const of = (type: string): [id: string, resource: Resource][] =>
    Object.entries(found).filter(([, { Type }]) => Type === type);
  const only = (type: string): Resource => {
    const [first, ...others] = of(type);
    if (first === undefined || others.length > 0) throw new Error(`${of(type).length} of ${type}`);
    return first[1];
  };
  /** The functions by the name of their entry: `DoorApiFunction082042F8` is api. */
  const functions = of('AWS::Lambda::Function').map(([id, { Properties }]) => {
    const name =
      /(Api|Web|Stream|Night|Month|Morning|Archive|Signin)Function[0-9A-F]{8}$/
        .exec(id)?.[1]
        ?.toLowerCase() ?? id;
    return { id, name, properties: Properties };
  });
  /** Variables of a function; names that the cloud gives are told as `given`. */
  const variablesOf = (name: string): Record<string, string> => {
    const { Variables } = z
      .object({ Variables: z.record(z.string(), z.unknown()) })
      .parse(functions.find((one) => one.name === name)?.properties.Environment);
    return Object.fromEntries(Object.entries(Variables).map(([key, value]) => [key, resolved(value)]));
  };
  const roleOf = (properties: Record<string, unknown>): string =>
    z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }).parse(properties.Role)[
      'Fn::GetAtt'
    ][0];
  const policyOf = ({ PolicyDocument }: Record<string, unknown>): Statement[] =>
    z.object({ Statement: z.array(statement) }).parse(PolicyDocument).Statement;
  const statementsOf = (properties: Record<string, unknown>): Statement[] =>
    of('AWS::IAM::Policy')
      .filter(([, policy]) => JSON.stringify(policy.Properties.Roles).includes(roleOf(properties)))
      .flatMap(([, policy]) => policyOf(policy.Properties));

  return {
    stack,
    settings,
    text: JSON.stringify(found),
    of,
    only,
    functions,
    variablesOf,
    roleOf,
    policyOf,
    statementsOf,
  };
};

/** A property of the template as text: joined, with `given` for what only the cloud knows. */
const resolved = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const join = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) }).safeParse(value);
  if (!join.success) return 'given';
  const [between, parts] = join.data['Fn::Join'];
  return parts.map(resolved).join(between);
};
