import { Injectable } from '@nestjs/common';
import { ContractViolation, type DeadLettersActionRequest, MAX_DIRECT_ACTION } from '@wireroom/contracts';
import { WAITING_STATES, deadLetterQuery } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import { StageData } from '../stages/stage-data.js';

/** Which dead letters an action is to take. */
@Injectable()
export class DeadLetterChoices {
  constructor(private readonly data: StageData) {}

  /**
   * Ids of the dead letters that wait for someone and are meant: the named ones, or those that match the filter.
   *
   * @throws ContractViolation when neither is given, or when they are more than one call may take
   */
  async waiting({ stage, ids, filter }: DeadLettersActionRequest): Promise<string[]> {
    if ((ids === undefined) === (filter === undefined)) {
      throw new ContractViolation([{ field: 'ids', reason: 'must be given, or else filter' }]);
    }
    const chosen = ids
      ? { _id: { $in: ids }, state: { $in: WAITING_STATES } }
      : deadLetterQuery({ state: 'open', ...filter });
    const rows = await whileMongoIsThere(() =>
      this.data
        .deadLetters(stage)
        .find(chosen as never, { projection: { _id: 1 } })
        .limit(MAX_DIRECT_ACTION + 1)
        .toArray(),
    );
    if (rows.length > MAX_DIRECT_ACTION) {
      const reason = `matches more than ${MAX_DIRECT_ACTION} dead letters: narrow it, or start a redrive`;
      throw new ContractViolation([{ field: 'filter', reason }]);
    }
    return rows.map(({ _id }) => _id);
  }
}
