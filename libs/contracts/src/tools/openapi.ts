import type { Route } from '../http/route.js';
import { CONSOLE_ROUTES } from '../http/console/routes.js';
import { SESSION_COOKIE } from '../http/console/session.js';
import { ENRICHMENT_ROUTES, INGEST_ROUTES, PUBLISHING_ROUTES } from '../http/routes.js';
import type { ServiceName } from '../pipeline.js';
import { type JsonSchema, reachableFrom, refTo, withRefsTo } from './json-schema.js';
import { type Json, SUPERVISION, TAGS, failures, operation } from './openapi-operation.js';

const DOCUMENTS: Record<ServiceName, { title: string; description: string; routes: Record<string, Route> }> = {
  ingest: {
    title: 'Wireroom ingest',
    description: 'The door: takes content in. A 2xx means that it is on the disks of a majority of the database.',
    routes: INGEST_ROUTES,
  },
  enrichment: {
    title: 'Wireroom enrichment',
    description: 'Makes articles of what ingest took in. It works on events; its HTTP is for operators.',
    routes: ENRICHMENT_ROUTES,
  },
  publishing: {
    title: 'Wireroom publishing',
    description: 'Serves what was published: articles, revisions, feeds and a stream.',
    routes: PUBLISHING_ROUTES,
  },
  console: {
    title: 'Wireroom console',
    description:
      'The whole wire for operators: what is under way, what failed and why, and the means to mend it. Roles: viewer, operator, admin.',
    routes: CONSOLE_ROUTES,
  },
};

/** How callers of the operators' routes are known. A stage on its own machine asks for nothing unless told to. */
const STAGE_SECURITY = {
  schemes: { opsToken: { type: 'http', scheme: 'bearer', description: 'OPS_TOKEN of the service.' } },
  alternatives: [{ opsToken: [] }, {}],
};
const CONSOLE_SECURITY = {
  schemes: {
    token: { type: 'http', scheme: 'bearer', description: 'An API token of the console, or its OPS_TOKEN.' },
    session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE, description: 'With X-CSRF-Token for changes.' },
  },
  alternatives: [{ token: [] }, { session: [] }],
};

/** The OpenAPI 3.1 document of a service's HTTP routes. */
export function openApi(service: ServiceName, definitions: Record<string, JsonSchema>, version: string): Json {
  const { title, description, routes } = DOCUMENTS[service];
  const security = service === 'console' ? CONSOLE_SECURITY : STAGE_SECURITY;
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, route] of Object.entries(routes)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [route.method.toLowerCase()]: operation(name, route, definitions, security.alternatives),
    };
  }
  const responses = failures(Object.values(routes).flatMap(({ errors }) => errors));
  const document = {
    openapi: '3.1.0',
    info: { title, description, version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    tags: tagsOf({ ...paths, ...SUPERVISION }),
    paths: { ...paths, ...SUPERVISION },
    components: {
      schemas: componentSchemas({ paths, responses }, Object.values(routes), definitions),
      responses,
      securitySchemes: security.schemes,
    },
  };
  return withRefsTo('#/components/schemas/', document);
}

function tagsOf(paths: Record<string, Record<string, Json>>): Json[] {
  const used = new Set(Object.values(paths).flatMap((path) => Object.values(path).flatMap(({ tags }) => tags)));
  return TAGS.filter(({ name }) => used.has(name)).map(({ name, description }) => ({ name, description }));
}

/** A request must hold nothing unknown; an answer may grow fields, which its reader should pass over. */
function componentSchemas(users: object, routes: Route[], definitions: Record<string, JsonSchema>): Json {
  const requests = routes.flatMap(({ request }) => (request ? [refTo(request)] : []));
  const strict = new Set(reachableFrom(requests, definitions));
  return Object.fromEntries(
    reachableFrom(users, definitions).map((name) => {
      const { additionalProperties, ...open } = definitions[name]!;
      return [name, strict.has(name) ? { ...open, additionalProperties } : open];
    }),
  );
}
