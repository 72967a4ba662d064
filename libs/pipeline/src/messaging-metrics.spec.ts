import { beforeEach, describe, expect, it } from '@jest/globals';
import { UnavailableError } from '@wireroom/platform';
import { Registry } from 'prom-client';
import { MessagingMetrics } from './messaging-metrics.js';

let registry: Registry;
let metrics: MessagingMetrics;

beforeEach(() => {
  registry = new Registry();
  metrics = new MessagingMetrics(registry);
});

describe('the messaging metrics', () => {
  it('count what was consumed, by topic and group', async () => {
    metrics.countConsumed('content.ingested.v1', 'wireroom-enrichment', 3);
    expect(await registry.metrics()).toContain(
      'messaging_client_consumed_messages_total{messaging_system="kafka",messaging_operation_name="poll",' +
        'messaging_destination_name="content.ingested.v1",messaging_consumer_group_name="wireroom-enrichment"} 3',
    );
  });

  it('count and time what was sent', async () => {
    await expect(metrics.timeSend('content.enriched.v1', 2, () => Promise.resolve('places'))).resolves.toBe('places');
    const place =
      'messaging_system="kafka",messaging_operation_name="send",messaging_destination_name="content.enriched.v1"';
    const text = await registry.metrics();
    expect(text).toContain(`messaging_client_sent_messages_total{${place}} 2`);
    expect(text).toContain(`messaging_client_operation_duration_seconds_count{${place}} 1`);
  });

  it('tell what was not acknowledged, and why, and pass the error on', async () => {
    const away = new UnavailableError('kafka');
    await expect(metrics.timeSend('a.topic.v1', 4, () => Promise.reject(away))).rejects.toBe(away);
    expect(await registry.metrics()).toMatch(/messaging_client_sent_messages_total\{.*error_type="unavailable"\} 4/);
  });

  it('time a batch from its beginning to its commit', async () => {
    metrics.startProcessing('content.ingested.v1', 'wireroom-enrichment')();
    expect(await registry.metrics()).toMatch(
      /messaging_process_duration_seconds_count\{.*messaging_operation_name="process".*\} 1/,
    );
  });
});
