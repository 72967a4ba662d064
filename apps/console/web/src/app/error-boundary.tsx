import { Component, type ReactNode } from 'react';
import { Failure } from '../parts/states.js';

interface State {
  error?: Error;
  /** Where it happened: another address is another try. */
  at?: string;
}

/** Keeps the frame of the page when a view breaks, or when its script could not be loaded. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = {};

  static getDerivedStateFromError(error: Error): State {
    return { error, at: window.location.pathname };
  }

  override componentDidUpdate(): void {
    if (this.state.error && this.state.at !== window.location.pathname) this.setState({ error: undefined });
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <Failure error={error} onRetry={() => window.location.reload()} />;
  }
}
