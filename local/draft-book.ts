// `npm run rulebook -- check FILE`: whether a rule book written as JSON can be put in force, every mistake at once, with
// where it stands, why, and how to mend it. `form` prints the JSON Schema for an editor, `list` and `show ID` the
// published books to start from. Needs no running platform and writes nothing.
import { existsSync, readFileSync } from 'node:fs';
import { ruleBook } from '../shared/rulebook.ts';
import { checkRuleBook } from '../shared/rulebook-check.ts';
import type { Mistake } from '../shared/rulebook-mistakes.ts';
import { ruleBookForm } from '../shared/rulebook-words.ts';
import { publishedBooks } from '../shared/rulebooks/published.ts';
import { referenceHall } from '../shared/rulebooks/reference-hall.ts';

const usage = `用法 · usage:
  npm run rulebook -- check FILE    检查一份考核办法(JSON)
  npm run rulebook -- list          已收录的考核办法
  npm run rulebook -- show ID       打印其中一份,可另存后修改
  npm run rulebook -- form          考核办法的 JSON Schema`;

const told = (all: readonly Mistake[]): string =>
  all.map(({ path, reason, mend }) => `  ${path === '' ? '(全文)' : path}:${reason}。${mend}`).join('\n');

const parsed = (text: string): { data: unknown } | { broken: string } => {
  try {
    return { data: JSON.parse(text) };
  } catch (error) {
    return { broken: error instanceof Error ? error.message : String(error) };
  }
};

const check = (file: string): number => {
  if (!existsSync(file)) {
    console.error(`没有这个文件 · no such file: ${file}`);
    return 2;
  }
  const read = parsed(readFileSync(file, 'utf8'));
  if ('broken' in read) {
    console.error(`不是完整的 JSON,请核对括号、引号和逗号 · not JSON: ${read.broken}`);
    return 1;
  }
  const checked = checkRuleBook(read.data);
  if (!checked.ok) console.log(`有 ${checked.errors.length} 处错误,不能颁布:\n${told(checked.errors)}`);
  if (checked.warnings.length > 0)
    console.log(`有 ${checked.warnings.length} 处请再核对(不影响颁布):\n${told(checked.warnings)}`);
  if (checked.ok) {
    const { title, clauses, ladder, awards, assumed = [] } = checked.value;
    console.log(`可以颁布:${title},条款${clauses.length}条,措施${ladder.length}级,评选${awards.length}项。`);
    for (const { path, what } of assumed) console.log(`  按缺省处理 ${path}:${what}`);
  }
  return checked.ok ? 0 : 1;
};

const books = [referenceHall, ...publishedBooks];

const run = ([verb, name]: readonly string[]): number => {
  switch (verb) {
    case 'check':
      if (name !== undefined) return check(name);
      break;
    case 'list':
      for (const { id, title } of books) console.log(`${id}\t${title}`);
      return 0;
    case 'show': {
      const found = books.find(({ id }) => id === name);
      if (!found) break;
      console.log(JSON.stringify(ruleBook.parse(found), undefined, 2));
      return 0;
    }
    case 'form':
      console.log(JSON.stringify(ruleBookForm().schema, undefined, 2));
      return 0;
    default:
      break;
  }
  console.error(usage);
  return 2;
};

process.exitCode = run(process.argv.slice(2));
