import { Component, type ReactNode } from 'react';
import { ErrorView } from './ErrorView';

interface Props {
  children: ReactNode;
  /** A change of this (the path) gives the screen another try. */
  resetKey: string;
}

/** Keeps the shell usable when a screen breaks. */
export class ErrorBoundary extends Component<Props, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidUpdate(before: Props) {
    if (before.resetKey !== this.props.resetKey && this.state.error) this.setState({ error: null });
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return (
      <div className="page">
        <ErrorView error={this.state.error} retry={() => this.setState({ error: null })} />
      </div>
    );
  }
}
