// Screens and parts that are fetched when they are first needed. Without a connection they cannot be: the page then says
// that the part needs to be downloaded once, keeps the header and everything that is there, and offers a retry.

import { Component, type ComponentType, type ReactNode, useEffect, useState } from "react";
import { Button } from "../ui/Button";

/** Fetches a screen's code. One function a screen, made once: what it fetched is remembered under it. */
export type LoadScreen<Props> = () => Promise<ComponentType<Props>>;

const loaded = new WeakMap<object, unknown>();

export type LazyScreenProps<Props extends object> = {
  readonly load: LoadScreen<Props>;
  readonly props: Props;
  readonly fallback: ReactNode;
};

/** A screen whose code is fetched when it is first shown. A fetch that failed is thrown, and repeated when mounted anew. */
export function LazyScreen<Props extends object>({ load, props, fallback }: LazyScreenProps<Props>): ReactNode {
  const [, setCount] = useState(0);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    if (loaded.has(load)) return;
    let isCurrent = true;
    load().then(
      (screen) => {
        loaded.set(load, screen);
        if (isCurrent) setCount((count) => count + 1);
      },
      (error: unknown) => isCurrent && setFailure(error),
    );
    return () => {
      isCurrent = false;
    };
  }, [load]);
  if (failure) throw failure;
  // The cast: the map holds under `load` what `load` resolved to.
  const Screen = loaded.get(load) as ComponentType<Props> | undefined;
  return Screen ? <Screen {...props} /> : fallback;
}

/** True for the error of a script or style that could not be fetched, in the words of the browsers. */
export function isMissingPart(error: unknown): boolean {
  const text = error instanceof Error ? error.message : String(error);
  return /dynamically imported module|importing a module script failed|unable to preload css/i.test(text);
}

type Props = { readonly screen: string; readonly children: ReactNode };
type State = { readonly error: unknown; readonly tries: number };

/** Shows what to do where a part could not be fetched; every other error goes on to the boundary above. */
export class MissingPartBoundary extends Component<Props, State> {
  override state: State = { error: null, tries: 0 };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }

  private readonly retry = () => {
    // A browser may remember that the fetch failed: the second press loads the page anew.
    if (this.state.tries > 0) return window.location.reload();
    this.setState(({ tries }) => ({ error: null, tries: tries + 1 }));
  };

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    if (!isMissingPart(error)) throw error;
    return (
      <main id="main" tabIndex={-1} data-screen={this.props.screen} className="page">
        <h1 className="page-title">This part is not on your device yet</h1>
        <div role="alert">
          <p className="lead">
            It needs to be downloaded once, and the download did not arrive. Check the connection, then retry. The parts
            that you have opened before go on working.
          </p>
        </div>
        <div className="button-row">
          <Button kind="primary" onClick={this.retry}>
            Retry
          </Button>
          <a className="button quiet" href="#/">
            Home
          </a>
        </div>
      </main>
    );
  }
}
