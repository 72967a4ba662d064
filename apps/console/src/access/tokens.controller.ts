import { Body, Controller, Param } from '@nestjs/common';
import {
  type ApiTokenView,
  CONSOLE_ROUTES,
  CreateTokenRequest,
  type CreatedToken,
  ReasonedAction,
  type TokensAnswer,
} from '@wireroom/contracts';
import { ContractPipe } from '@wireroom/pipeline';
import { Audit } from '../audit/audit.js';
import { ApiTokens } from './api-tokens.js';
import { ConsoleRoute } from './console-route.js';
import { Caller, type Principal } from './principal.js';
import { Sessions } from './sessions.js';

/** Access that admins give out. */
@Controller()
export class TokensController {
  constructor(
    private readonly tokens: ApiTokens,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
  ) {}

  @ConsoleRoute(CONSOLE_ROUTES.listTokens)
  async list(): Promise<TokensAnswer> {
    return { tokens: await this.tokens.list() };
  }

  @ConsoleRoute(CONSOLE_ROUTES.createToken)
  create(
    @Caller() caller: Principal,
    @Body(new ContractPipe(CreateTokenRequest)) request: CreateTokenRequest,
  ): Promise<CreatedToken> {
    return this.audit.perform(
      {
        caller,
        action: 'tokens.create',
        target: request.name,
        requestId: request.requestId,
        request,
        keep: ({ token: _secret, ...view }: CreatedToken) => view,
      },
      () => this.tokens.create(request, caller.actor),
    );
  }

  @ConsoleRoute(CONSOLE_ROUTES.revokeToken)
  revoke(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body(new ContractPipe(ReasonedAction)) request: ReasonedAction,
  ): Promise<ApiTokenView> {
    const { reason, requestId } = request;
    return this.audit.perform({ caller, action: 'tokens.revoke', target: id, reason, requestId, request }, async () => {
      const token = await this.tokens.revoke(id);
      await this.sessions.endAllOf(id);
      return token;
    });
  }
}
