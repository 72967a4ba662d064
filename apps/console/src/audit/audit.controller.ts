import { Controller, Query } from '@nestjs/common';
import { type AuditPage, CONSOLE_ROUTES, ListAuditRequest } from '@wireroom/contracts';
import { ContractPipe } from '@wireroom/pipeline';
import { ConsoleRoute } from '../access/console-route.js';
import { Audit } from './audit.js';

@Controller()
export class AuditController {
  constructor(private readonly audit: Audit) {}

  @ConsoleRoute(CONSOLE_ROUTES.listAudit)
  list(@Query(new ContractPipe(ListAuditRequest)) request: ListAuditRequest): Promise<AuditPage> {
    return this.audit.list(request);
  }
}
