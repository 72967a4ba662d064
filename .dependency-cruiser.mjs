const PURE = '^libs/(extraction|enrichment|intake)/src';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Files that import each other in a circle can only be understood, tested and loaded together.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      comment: 'Every import must be there and be declared.',
      severity: 'error',
      from: {},
      // what the page's build makes itself
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
    {
      name: 'no-undeclared-package',
      comment:
        'A workspace names what it imports in its package.json. Specs and tools may use what the root has for development.',
      severity: 'error',
      from: { pathNot: ['\\.spec\\.ts$', '^libs/contracts/src/tools/'] },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-app-imports-app',
      comment: 'Services meet in libs/contracts only.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'page-and-service-meet-over-http',
      comment: 'The page runs in a browser: it shares nothing with the service but the contracts.',
      severity: 'error',
      from: { path: '^apps/console/web/src/' },
      to: { path: '^(apps|libs)/', pathNot: '^(apps/console/web/src|libs/contracts)/' },
    },
    {
      name: 'service-imports-no-page',
      comment: 'The service hands out the page as built files.',
      severity: 'error',
      from: { path: '^apps/console/src/' },
      to: { path: '^apps/console/web/' },
    },
    {
      name: 'no-lib-imports-app',
      comment: 'Apps import libs.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'no-own-index',
      comment:
        'A lib that imports its own index is one cycle away from not loading. The tools of contracts read it whole.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/src/', pathNot: ['\\.spec\\.ts$', '^libs/contracts/src/tools/'] },
      to: { path: '^libs/$1/(src|dist)/index\\.(d\\.)?ts$' },
    },
    {
      name: 'contracts-stands-alone',
      comment: 'Outside producers install contracts; it brings no framework, database or broker with it.',
      severity: 'error',
      from: { path: '^libs/contracts/src/', pathNot: ['^libs/contracts/src/tools/', '\\.spec\\.ts$'] },
      to: {
        path: '^(libs|apps|node_modules)/',
        pathNot: '^(libs/contracts/src/|node_modules/(class-validator|class-transformer|reflect-metadata)/)',
      },
    },
    {
      name: 'contract-tools-import-no-framework',
      comment: 'What generates the schemas needs a compiler and a formatter, and still nothing of the services.',
      severity: 'error',
      from: { path: '^libs/contracts/src/tools/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^(libs|apps|node_modules)/',
        pathNot:
          '^(libs/contracts/src/|node_modules/(class-validator|class-validator-jsonschema|class-transformer|reflect-metadata|typescript|prettier)/)',
      },
    },
    {
      name: 'platform-imports-contracts-only',
      comment: 'Arrows run pipeline to platform to contracts.',
      severity: 'error',
      from: { path: '^libs/platform/' },
      to: { path: '^libs/', pathNot: '^libs/(platform|contracts)/' },
    },
    {
      name: 'pipeline-imports-platform-and-contracts-only',
      comment: 'Arrows run pipeline to platform to contracts.',
      severity: 'error',
      from: { path: '^libs/pipeline/' },
      to: { path: '^libs/', pathNot: '^libs/(pipeline|platform|contracts)/' },
    },
    {
      name: 'fetching-imports-pure-rooms-only',
      comment: 'The outgoing client knows what robots.txt says, and no service, framework, database or broker.',
      severity: 'error',
      from: { path: '^libs/fetching/' },
      to: {
        path: '^libs/|(^|/)node_modules/(@nestjs/|kafkajs|mongoose|mongodb)',
        pathNot: '^libs/(fetching|contracts|intake)/',
      },
    },
    {
      name: 'pure-cores-import-contracts-only',
      comment: 'Extraction, enrichment and intake work on bytes and know no service.',
      severity: 'error',
      from: { path: PURE },
      to: { path: '^libs/', pathNot: '^libs/(contracts|extraction|enrichment|intake)/' },
    },
    {
      name: 'pure-cores-import-no-framework',
      comment: 'Extraction, enrichment and intake run without Nest, Kafka, MongoDB or a network.',
      severity: 'error',
      from: { path: PURE },
      to: {
        path: '(^|/)node_modules/(@nestjs/|kafkajs|mongoose|mongodb)|^(node:)?(net|http|http2|https|dgram|dns|tls)$',
      },
    },
    {
      name: 'pure-cores-start-no-process',
      comment: 'But for the optional encoder, whose runtime cannot be stopped in a thread.',
      severity: 'error',
      from: { path: PURE, pathNot: '^libs/enrichment/src/encoder/encoder-thread' },
      to: { path: '^(node:)?child_process$' },
    },
  ],
  options: {
    // Other workspaces are seen as their consumers see them: through what they export, compiled.
    doNotFollow: { path: '(^|/)node_modules/|^(libs|apps)/[^/]+/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.eslint.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'node', 'default'] },
  },
};
