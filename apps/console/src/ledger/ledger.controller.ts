import { Controller, Query } from '@nestjs/common';
import {
  CONSOLE_ROUTES,
  type LedgerAnswer,
  type LedgerCheckAnswer,
  LedgerRequest,
  type QualityAnswer,
  QualityRequest,
} from '@wireroom/contracts';
import { ContractPipe } from '@wireroom/pipeline';
import { ConsoleRoute } from '../access/console-route.js';
import { Ledger } from './ledger.js';
import { Quality } from './quality.js';

@Controller()
export class LedgerController {
  constructor(
    private readonly ledger: Ledger,
    private readonly quality: Quality,
  ) {}

  @ConsoleRoute(CONSOLE_ROUTES.ledger)
  show(@Query(new ContractPipe(LedgerRequest)) request: LedgerRequest): Promise<LedgerAnswer> {
    return this.ledger.answer(request);
  }

  @ConsoleRoute(CONSOLE_ROUTES.checkLedger)
  check(@Query(new ContractPipe(LedgerRequest)) request: LedgerRequest): Promise<LedgerCheckAnswer> {
    return this.ledger.check(request);
  }

  @ConsoleRoute(CONSOLE_ROUTES.quality)
  showQuality(@Query(new ContractPipe(QualityRequest)) request: QualityRequest): Promise<QualityAnswer> {
    return this.quality.answer(request);
  }
}
