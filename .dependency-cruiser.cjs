// The arrows between the rooms (docs/architecture.md): web -> shared <- functions; cdk knows paths of entries only.
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { path: '^(shared|functions|local|cdk|web|test)/', pathNot: `^(${[from, ...allowed].join('|')})/` },
});
module.exports = {
  forbidden: [
    only('shared-knows-nobody', 'shared', []),
    only('functions-know-shared', 'functions', ['shared']),
    only('web-knows-shared', 'web', ['shared']),
    only('cdk-knows-keys-and-config-through-paths', 'cdk', []),
    only('local-starts-the-others', 'local', ['shared', 'functions']),
    {
      name: 'shared-is-pure',
      severity: 'error',
      comment: 'no cloud, no HTTP, no node: only zod',
      from: { path: '^shared/' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: 'node_modules/zod/',
      },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      comment: 'vite makes the virtual modules and the addresses of assets',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:|\\?url$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
