// Catches what a screen throws while rendering: one screen with what to do, the runs as files, and the details to copy.
// Nothing is erased here without a second confirmation (UX-195).

import { Component, type ErrorInfo, type ReactNode, useState } from "react";
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
            Something unexpected happened while drawing it. Reload the page to go on; the address keeps the options, and
            saved runs stay on this device.
          </p>
        </div>
        <WaysOn details={details} />
        <details className="details">
          <summary>Details</summary>
          <pre>{details}</pre>
        </details>
      </main>
    );
  }
}

function WaysOn({ details }: { readonly details: string }) {
  const [said, setSaid] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(details);
      setSaid("Details copied.");
    } catch (error) {
      console.info("Clipboard:", error);
      setSaid("The clipboard is closed to this page. Open Details and copy them by hand.");
    }
  };
  const download = async () => {
    setSaid("Collecting the runs.");
    try {
      const { downloadAllRuns } = await import("../saved/downloadAllRuns");
      setSaid(await downloadAllRuns());
    } catch (error) {
      console.info("Download:", error);
      setSaid("The saved runs could not be read. Reload the page and try again under Runs.");
    }
  };
  return (
    <>
      <div className="button-row">
        <Button kind="primary" onClick={() => window.location.reload()}>
          Reload
        </Button>
        <Button onClick={() => void download()}>Download my runs</Button>
        <Button onClick={() => void copy()}>Copy details</Button>
        <a className="button quiet" href="#/">
          Home
        </a>
      </div>
      <p className="note" role="status">
        {said}
      </p>
      <EraseAfterAll onErased={() => setSaid("Everything is erased. Reload the page to begin afresh.")} />
    </>
  );
}

/** For the case that what is stored breaks the screen: two presses, and the first one says what the second does. */
function EraseAfterAll({ onErased }: { readonly onErased: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const erase = async () => {
    const { eraseEverything } = await import("../saved/storedThings");
    await eraseEverything();
    setAsking(false);
    onErased();
  };
  if (!isAsking) {
    return (
      <p>
        If it happens again and again, what is stored may be the reason.{" "}
        <button type="button" className="text-button" onClick={() => setAsking(true)}>
          Erase saved data
        </button>
      </p>
    );
  }
  return (
    <div>
      <p>
        This deletes every saved run, comparison and setting from this browser. Download your runs first to keep them.
      </p>
      <div className="button-row" style={{ marginTop: "var(--s-3)" }}>
        <Button onClick={() => setAsking(false)}>Keep everything</Button>
        <Button onClick={() => void erase()}>Erase everything on this device</Button>
      </div>
    </div>
  );
}
