// The style of the API page.
export const docsStyle = `
:root { color-scheme: light dark; --line: #8884; --accent: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --accent: #7db8f5; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  display: grid; grid-template: auto 1fr / 20rem minmax(0, 1fr); min-height: 100vh; }
header { grid-column: 1 / -1; padding: 1rem 1.5rem; border-bottom: 1px solid var(--line);
  display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: end; }
header h1 { margin: 0; font-size: 1.4rem; }
header p { margin: 0; flex: 1; }
nav { padding: 1rem; border-right: 1px solid var(--line); font-size: .9rem; }
nav ul { list-style: none; margin: 0; padding-left: .75rem; }
nav > ul { position: sticky; top: 0; max-height: 100vh; overflow: auto; padding: 0; }
main { padding: 1rem 1.5rem; max-width: 64rem; }
a { color: var(--accent); }
article { border: 1px solid var(--line); border-radius: 8px; padding: 0 1rem 1rem; margin: 1rem 0; }
h3 { font-size: 1.05rem; overflow-wrap: anywhere; }
.method { font-size: .8rem; padding: .1rem .5rem; border-radius: 4px; color: #fff; background: #0b5cad; }
.method.post { background: #8a4b00; }
.who { color: GrayText; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; display: block; overflow-x: auto; }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; }
code, pre, textarea { font-family: ui-monospace, Consolas, monospace; font-size: .9em; }
label { display: block; margin: .5rem 0; }
header label { margin: 0; }
input, textarea { display: block; width: 100%; min-height: 2.5rem; font-size: 1rem; padding: .3rem .5rem; }
header input { width: 16rem; }
button { min-height: 2.75rem; padding: 0 1.5rem; font-size: 1rem; }
summary { cursor: pointer; padding: .4rem 0; }
output { display: block; white-space: pre-wrap; overflow-wrap: anywhere; margin-top: .75rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
@media (max-width: 60rem) { body { display: block; } nav { border-right: 0; border-bottom: 1px solid var(--line); } }
`;
