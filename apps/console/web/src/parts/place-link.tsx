import type { TopicPlace } from '@wireroom/contracts';
import { Link } from 'wouter';
import { linkTo } from '../app/url-state.js';

/** Where a message lies: topic, partition and offset, leading to the message itself. */
export function PlaceLink({ of: { topic, partition, offset } }: { of: TopicPlace }) {
  return (
    <Link
      href={linkTo(`/kafka/topics/${encodeURIComponent(topic)}`, {
        partition,
        offset,
        message: `${partition}:${offset}`,
      })}
      title={`${topic}, partition ${partition}, offset ${offset}`}
    >
      <code>
        {topic} {partition}:{offset}
      </code>
    </Link>
  );
}
