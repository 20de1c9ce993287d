// The frame of a page that is mostly text: heading, introduction, content.

import type { ReactNode } from "react";

export type PlainPageProps = {
  readonly screen: "learn" | "compare" | "try" | "runs" | "help" | "home";
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
};

/** One h1, one introductory sentence. */
export function PlainPage({ screen, title, lead, children }: PlainPageProps) {
  return (
    <main id="main" tabIndex={-1} data-screen={screen} className="page">
      <h1 className="page-title">{title}</h1>
      <p className="lead">{lead}</p>
      {children}
    </main>
  );
}
