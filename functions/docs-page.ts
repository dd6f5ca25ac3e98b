// The readable page of the contract, written whole from it: every operation by group with who may, what goes in, what
// it refuses, an example, and a form to try it. Holds no script; knows nothing the contract does not say.
import { problems } from '../shared/problems.ts';
import type { OpenApi, Operation, Parameter, Schema } from './openapi.ts';

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** A type in a word or two. */
const typeOf = (schema: unknown): string => {
  const shape = isSchema(schema) ? schema : {};
  if (shape.$ref !== undefined) return shape.$ref.replace('#/components/schemas/', '');
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  if (shape.enum) return shape.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = shape.anyOf ?? shape.oneOf;
  if (choices) return choices.map(typeOf).join(' | ');
  if (shape.type === 'array') return `[${typeOf(shape.items)}]`;
  return shape.type === undefined ? '任意' : String(shape.type);
};
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

const limitsOf = (schema: Schema): string =>
  [
    schema.minLength === undefined ? '' : `最短 ${schema.minLength}`,
    schema.maxLength === undefined ? '' : `最长 ${schema.maxLength}`,
    schema.minimum === undefined || schema.minimum < -1e15 ? '' : `最小 ${schema.minimum}`,
    schema.maximum === undefined || schema.maximum > 1e15 ? '' : `最大 ${schema.maximum}`,
    schema.minItems === undefined ? '' : `至少 ${schema.minItems} 项`,
    schema.maxItems === undefined ? '' : `至多 ${schema.maxItems} 项`,
    schema.default === undefined ? '' : `缺省 ${JSON.stringify(schema.default)}`,
    schema.pattern === undefined ? '' : schema.pattern,
  ]
    .filter((text) => text !== '')
    .join(',');

interface Row {
  name: string;
  schema: Schema;
  required: boolean;
}

/** Members of a body, nested ones as `happened.from`, of lists as `evidence[].name`. */
const rowsOf = (schema: unknown, prefix = '', depth = 0): Row[] => {
  if (!isSchema(schema) || depth > 4) return [];
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.flatMap((choice) => rowsOf(choice, prefix, depth + 1));
  if (schema.type === 'array') return rowsOf(schema.items, `${prefix}[]`, depth + 1);
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]): Row[] => {
    if (!isSchema(member)) return [];
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const required = (schema.required ?? []).includes(name);
    return [{ name: path, schema: member, required }, ...rowsOf(member, path, depth + 1)];
  });
};

const fieldTable = (title: string, rows: readonly Row[]): string =>
  rows.length === 0
    ? ''
    : `<h4>${title}</h4><table><thead><tr><th>字段</th><th>类型</th><th>必填</th><th>限制</th></tr></thead><tbody>${rows
        .map(
          ({ name, schema, required }) =>
            `<tr><td><code>${escaped(name)}</code></td><td>${escaped(typeOf(schema))}</td><td>${
              required ? '是' : ''
            }</td><td>${escaped(limitsOf(schema))}</td></tr>`,
        )
        .join('')}</tbody></table>`;

const kinds: Record<string, { status: number; title: string } | undefined> = problems;
const refusalList = (operation: Operation): string => {
  const codes = operation['x-refusals'];
  const items = codes.map((code) => {
    const kind = kinds[code];
    return `<li><code>${code}</code> ${kind?.status} ${escaped(kind?.title ?? '')}</li>`;
  });
  return `<details><summary>可能的拒绝(${codes.length})</summary><ul>${items.join('')}</ul></details>`;
};

const isParameter = (value: Operation['parameters'][number]): value is Parameter => 'in' in value;

const tryForm = (method: string, path: string, operation: Operation): string => {
  const inputs = operation.parameters
    .filter(isParameter)
    .map(
      ({ name, in: place, required }) =>
        `<label>${escaped(name)}${required ? ' *' : ''}<input data-in="${place}" name="${escaped(name)}" autocomplete="off"></label>`,
    );
  const body = operation.requestBody?.content['application/json'].example;
  const area =
    body === undefined
      ? ''
      : `<label>请求内容<textarea name="body" rows="8" spellcheck="false">${escaped(JSON.stringify(body, null, 2))}</textarea></label>`;
  return `<details><summary>试一试</summary><form data-method="${method}" data-path="${escaped(path)}">${inputs.join('')}${area}<button type="submit">发送</button><output></output></form></details>`;
};

const section = (path: string, method: string, operation: Operation): string => {
  const parameters = operation.parameters.filter(isParameter);
  const body = operation.requestBody?.content['application/json'].schema;
  return `<article id="${operation.operationId}">
<h3><span class="method ${method}">${method.toUpperCase()}</span> <code>${escaped(path)}</code></h3>
<p>${escaped(operation.summary)}</p><p class="who">${escaped(operation.description)}</p>
${fieldTable(
  '地址参数',
  parameters.map(({ name, schema, required }) => ({ name, schema, required })),
)}
${fieldTable('请求内容', rowsOf(body))}
${refusalList(operation)}
${tryForm(method, path, operation)}
</article>`;
};

/** HTML of `/api/docs`. */
export const docsPage = (contract: OpenApi): string => {
  const operations = Object.entries(contract.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = contract.tags.map(({ name }) => ({
    name,
    members: operations.filter(({ operation }) => operation.tags.includes(name)),
  }));
  const list = groups.map(
    ({ name, members }) =>
      `<li><a href="#${encodeURIComponent(name)}">${escaped(name)}</a><ul>${members
        .map(
          ({ operation }) => `<li><a href="#${operation.operationId}">${escaped(operation.summary)}</a></li>`,
        )
        .join('')}</ul></li>`,
  );
  const body = groups.map(
    ({ name, members }) =>
      `<section><h2 id="${encodeURIComponent(name)}">${escaped(name)}</h2>${members
        .map(({ path, method, operation }) => section(path, method, operation))
        .join('')}</section>`,
  );
  const intro = contract.info.description
    .split('\n\n')
    .map((text) => `<p>${escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>')}</p>`);
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(contract.info.title)} 接口说明</title>
<link rel="stylesheet" href="/api/docs/page.css"><script src="/api/docs/page.js" defer></script></head>
<body><header><h1>${escaped(contract.info.title)} 接口说明</h1>
<p><a href="/api/openapi.json">OpenAPI 3.1</a></p>
<label>登录凭证(只留在本页)<input id="token" type="password" autocomplete="off"></label>
<label>中心<input id="centre" autocomplete="off"></label></header>
<nav aria-label="接口清单"><ul>${list.join('')}</ul></nav><main>${intro.join('')}${body.join('')}</main></body></html>`;
};
