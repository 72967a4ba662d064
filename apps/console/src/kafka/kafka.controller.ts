import { Body, Controller, Param, Query, Res } from '@nestjs/common';
import {
  CONSOLE_ROUTES,
  type KafkaAnswer,
  type KafkaMessage,
  type KafkaMessagePage,
  ListKafkaMessagesRequest,
  type ResetOffsetsAnswer,
  ResetOffsetsRequest,
  TailKafkaRequest,
} from '@wireroom/contracts';
import { ContractPipe } from '@wireroom/pipeline';
import type { Response } from 'express';
import { ConsoleRoute } from '../access/console-route.js';
import { Caller, type Principal } from '../access/principal.js';
import { Audit } from '../audit/audit.js';
import { offsetParam, partitionParam } from '../params.js';
import { KafkaSurvey } from './kafka-survey.js';
import { OffsetResets } from './offset-resets.js';
import { TopicPages } from './topic-pages.js';
import { TopicTails } from './topic-tails.js';

@Controller()
export class KafkaController {
  constructor(
    private readonly survey: KafkaSurvey,
    private readonly pages: TopicPages,
    private readonly tails: TopicTails,
    private readonly resets: OffsetResets,
    private readonly audit: Audit,
  ) {}

  @ConsoleRoute(CONSOLE_ROUTES.kafka)
  look(): Promise<KafkaAnswer> {
    return this.survey.look();
  }

  @ConsoleRoute(CONSOLE_ROUTES.kafkaMessages)
  messages(
    @Param('topic') topic: string,
    @Query(new ContractPipe(ListKafkaMessagesRequest)) request: ListKafkaMessagesRequest,
  ): Promise<KafkaMessagePage> {
    return this.pages.list(topic, request);
  }

  @ConsoleRoute(CONSOLE_ROUTES.kafkaMessage)
  message(
    @Param('topic') topic: string,
    @Param('partition') partition: string,
    @Param('offset') offset: string,
  ): Promise<KafkaMessage> {
    return this.pages.one(topic, partitionParam(partition), offsetParam(offset));
  }

  @ConsoleRoute(CONSOLE_ROUTES.kafkaTail)
  tail(
    @Param('topic') topic: string,
    @Query(new ContractPipe(TailKafkaRequest)) request: TailKafkaRequest,
    @Res() response: Response,
  ): Promise<void> {
    return this.tails.add(topic, request, response);
  }

  @ConsoleRoute(CONSOLE_ROUTES.resetOffsets)
  async reset(
    @Param('group') group: string,
    @Body(new ContractPipe(ResetOffsetsRequest)) request: ResetOffsetsRequest,
    @Caller() caller: Principal,
  ): Promise<ResetOffsetsAnswer> {
    const run = (): Promise<ResetOffsetsAnswer> => this.resets.reset(group, request, caller);
    if (request.dryRun) return run();
    const { reason, requestId } = request;
    return this.audit.perform({ caller, action: 'offsets.reset', target: group, reason, requestId, request }, run);
  }
}
