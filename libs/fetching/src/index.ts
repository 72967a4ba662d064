export { systemClock, type Clock } from './clock.js';
export { systemResolve, type Resolve, type ResolvedAddress } from './address/resolve.js';
export * from './fetch-answer.js';
export * from './fetch-request.js';
export { Fetcher } from './fetcher.js';
export { FetchMetrics } from './fetch-metrics.js';
export { parseLinks, type HeaderLink } from './http/link-header.js';
export { discoverHubs, type HubOffer, type TopicPage } from './websub/discovery.js';
export { isSignedBy, signatureOf } from './websub/signature.js';
export { isPushing, type Subscription } from './websub/subscription.js';
export {
  WebSubSubscriber,
  type CallbackAnswer,
  type DeliveryAnswer,
  type SubscriberOptions,
  type SubscriptionStore,
} from './websub/subscriber.js';
