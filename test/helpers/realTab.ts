// A tab that can really be hidden: another tab of the same window comes to the front. Tabs that the test driver opens
// itself pretend to have the focus for ever, so this one is driven by the browser's own protocol.

import type { Browser, CDPSession } from "playwright-core";

type Answer = { readonly result?: { readonly value?: unknown }; readonly exceptionDetails?: { readonly text: string } };

/** One tab in a fresh profile, at first in front. */
export class RealTab {
  private nextId = 1;
  private readonly waiting = new Map<number, (answer: Answer) => void>();

  private constructor(
    private readonly browser: CDPSession,
    private readonly target: { readonly targetId: string; readonly sessionId: string; readonly otherId: string },
  ) {
    browser.on("Target.receivedMessageFromTarget", ({ sessionId, message }) => {
      if (sessionId !== target.sessionId) return;
      // The protocol's own JSON: an answer with the id of its command.
      const { id, result } = JSON.parse(message) as { id: number; result: Answer };
      this.waiting.get(id)?.(result);
    });
  }

  static async open(browser: Browser, url: string): Promise<RealTab> {
    const session = await browser.newBrowserCDPSession();
    const { browserContextId } = await session.send("Target.createBrowserContext");
    const { targetId: otherId } = await session.send("Target.createTarget", { url: "about:blank", browserContextId });
    const { targetId } = await session.send("Target.createTarget", { url, browserContextId });
    const { sessionId } = await session.send("Target.attachToTarget", { targetId, flatten: false });
    return new RealTab(session, { targetId, sessionId, otherId });
  }

  /** The value of an expression in the tab; promises are awaited. */
  async value<T>(expression: string): Promise<T> {
    const id = this.nextId++;
    const answer = new Promise<Answer>((resolve) => this.waiting.set(id, resolve));
    const params = { expression, returnByValue: true, awaitPromise: true };
    const message = JSON.stringify({ id, method: "Runtime.evaluate", params });
    await this.browser.send("Target.sendMessageToTarget", { sessionId: this.target.sessionId, message });
    const { result, exceptionDetails } = await answer;
    if (exceptionDetails) throw new Error(`${exceptionDetails.text}: ${expression}`);
    // The caller names the type of what its expression gives.
    return result?.value as T;
  }

  /** Waits until an expression is true in the tab, hidden or not. */
  async until(expression: string, timeout = 30_000): Promise<void> {
    const end = Date.now() + timeout;
    while (!(await this.value<boolean>(`Boolean(${expression})`))) {
      if (Date.now() > end) throw new Error(`never true within ${timeout} ms: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async hide(): Promise<void> {
    await this.browser.send("Target.activateTarget", { targetId: this.target.otherId });
    await this.until("document.hidden");
  }

  async show(): Promise<void> {
    await this.browser.send("Target.activateTarget", { targetId: this.target.targetId });
    await this.until("!document.hidden");
  }
}
