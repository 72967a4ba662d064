import { Delete, Get, HttpCode, Post, SetMetadata, applyDecorators } from '@nestjs/common';
import type { Role, Route } from '@wireroom/contracts';

/** Metadata key of the least role that may call a handler. A handler without it is closed to everyone. */
export const LEAST_ROLE = 'least-role';

const METHODS = { GET: Get, POST: Post, DELETE: Delete };

/** Binds a handler to a route of the contracts: method, path, status and who may call it. */
export function ConsoleRoute({ method, path, status, role }: Route): MethodDecorator {
  if (role === undefined) throw new Error(`the route ${method} ${path} does not say who may call it`);
  return applyDecorators(METHODS[method](path), HttpCode(status), NeedsRole(role));
}

/** Who may call a handler that is not one of the contracts' routes. */
export function NeedsRole(role: Role | 'anyone'): MethodDecorator {
  return SetMetadata(LEAST_ROLE, role);
}
