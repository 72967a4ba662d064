import comments from '@eslint-community/eslint-plugin-eslint-comments/configs';
import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';

/** Where the environment may be read: at boot, and by what starts processes. Everything else is given its settings. */
const READS_ENVIRONMENT = [
  'apps/*/src/main.ts',
  'apps/cli/**',
  'libs/pipeline/src/run-service.ts',
  'libs/backends/**',
  'scripts/**',
  'bench/**',
  'test/**',
  '**/*.spec.ts',
];

/** Who may send requests past libs/fetching, which alone knows where the addresses of others may lead. */
const SENDS_REQUESTS = [
  'libs/fetching/src/{transport,address}/**', // the client itself
  'libs/contracts/src/http/clients.ts', // one service to another, at addresses the operator has set
  'apps/enrichment/src/steps/remote-step.ts', // a team's own step, at an address the operator has set
  'libs/pipeline/src/tracing/span-exporter.ts', // the collector of traces, at an address the operator has set
  'libs/backends/**', // asks the servers it has started whether they are ready
  'apps/cli/**', // the services of the person at the keyboard
  '**/*.spec.ts',
];

const ONE_WAY_OUT = 'Addresses that others chose are fetched by libs/fetching alone.';

export default tseslint.config(
  {
    ignores: ['**/dist/', '.wireroom/', 'libs/contracts/generated/'],
  },
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  js.configs.recommended,
  comments.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.eslint.json', './apps/console/web{,/build}/tsconfig.json'],
        tsconfigRootDir: dirname(fileURLToPath(import.meta.url)),
      },
    },
    rules: {
      // An async function without await is how a fake, or a step that never waits, keeps an asynchronous contract.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Leaves files with decorators alone: Nest injects by the class, which must stay a value there.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ['apps/console/web/src/**'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    rules: {
      '@typescript-eslint/no-import-type-side-effects': 'error',
    },
  },
  {
    files: ['apps/console/web/src/**'],
    ignores: ['**/*.spec.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@wireroom/contracts',
              allowTypeImports: true,
              message: 'The page takes types only: the validators of the contracts would come with any value.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['apps/console/web/public/**'],
    languageOptions: { globals: globals.browser },
  },
  {
    rules: {
      // Telling control characters apart is this program's trade.
      'no-control-regex': 'off',
      eqeqeq: 'error',
      '@eslint-community/eslint-comments/require-description': ['error', { ignore: ['eslint-enable'] }],
    },
  },
  {
    files: ['apps/*/src/**', 'libs/*/src/**'],
    ignores: READS_ENVIRONMENT,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read the environment once, by loadEnv at boot.' },
      ],
    },
  },
  {
    files: ['apps/*/src/**', 'libs/*/src/**'],
    ignores: SENDS_REQUESTS,
    rules: {
      'no-restricted-globals': ['error', ...['fetch', 'WebSocket'].map((name) => ({ name, message: ONE_WAY_OUT }))],
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name=/^global(This)?$/][property.name='fetch']",
          message: ONE_WAY_OUT,
        },
        { selector: 'ImportExpression[source.value=/^(node:)?(https?|http2)$|^undici$/]', message: ONE_WAY_OUT },
      ],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            ...['http', 'https'].flatMap((name) => onlyFromServers(name, ['request', 'get', 'Agent', 'ClientRequest'])),
            ...['http2', 'net', 'tls'].flatMap((name) =>
              onlyFromServers(name, ['connect', 'createConnection', 'Socket']),
            ),
            ...['undici', 'axios', 'got', 'node-fetch', 'superagent', 'ky'].map((name) => ({
              name,
              message: ONE_WAY_OUT,
            })),
          ],
        },
      ],
    },
  },
);

/** Forbids what a module of Node has for clients; its servers and types stay. */
function onlyFromServers(name, clients) {
  return [name, `node:${name}`].map((module) => ({
    name: module,
    importNames: [...clients, 'default'],
    message: ONE_WAY_OUT,
    allowTypeImports: true,
  }));
}
