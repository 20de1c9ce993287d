// Catches what a screen throws while rendering: one sentence, what to do, and the details to copy.

import { Component, type ErrorInfo, type ReactNode } from "react";
import { Button } from "../ui/Button";

type Props = { readonly screen: string; readonly children: ReactNode };
type State = { readonly error: Error | null; readonly where: string };

/** React still wants a class here. Children are shown until one of them throws. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, where: "" };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(_error: unknown, info: ErrorInfo): void {
    this.setState({ where: info.componentStack ?? "" });
  }

  override render(): ReactNode {
    const { error, where } = this.state;
    if (!error) return this.props.children;
    const details = `${error.name}: ${error.message}\n${error.stack ?? ""}\n${where}\n${navigator.userAgent}`;
    return (
      <main id="main" tabIndex={-1} data-screen={this.props.screen} className="page">
        <h1 className="page-title">This screen could not be drawn</h1>
        <div role="alert">
          <p className="lead">
            Something unexpected happened while drawing it. Reload the page to go on; the address keeps the options.
          </p>
        </div>
        <div className="button-row">
          <Button kind="primary" onClick={() => window.location.reload()}>
            Reload
          </Button>
          <Button onClick={() => void navigator.clipboard?.writeText(details)}>Copy details</Button>
          <a className="button quiet" href="#/">
            Home
          </a>
        </div>
        <details className="details">
          <summary>Details</summary>
          <pre>{details}</pre>
        </details>
      </main>
    );
  }
}
