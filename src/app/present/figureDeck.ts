// Screens that are no lesson are presented figure by figure: the page's own figures in reading order, one marked with
// data-presented and the others not shown. They stay live, because they are the same elements.

import { usePresenter } from "./presenterStore";

const FIGURES = "main :is(figure[data-picture], figure[data-chart], figure[data-table])";

/** Every figure that a presenter can show, in reading order; small multiples inside a figure are not apart. */
function figuresOnPage(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(FIGURES)].filter(
    (figure) => !figure.parentElement?.closest("figure") && !figure.closest(".lab-left, [role=dialog]"),
  );
}

/** Marks the figure at `index` and returns how many there are. */
export function presentFigure(index: number): number {
  const figures = figuresOnPage();
  const at = Math.min(Math.max(0, index), figures.length - 1);
  for (const [place, figure] of figures.entries()) {
    if (place === at) figure.setAttribute("data-presented", "");
    else figure.removeAttribute("data-presented");
  }
  return figures.length;
}

/** Walks through the figures until the returned function is called. */
export function startFigureDeck(): () => void {
  let index = 0;
  const show = (to: number) => {
    const count = presentFigure(to);
    index = Math.min(Math.max(0, to), Math.max(0, count - 1));
    usePresenter.setState({
      deck: { count, index, next: () => show(index + 1), back: () => show(index - 1), jump: show },
    });
    // Figures measure themselves when the window changes; hidden ones had no width.
    window.dispatchEvent(new Event("resize"));
  };
  show(0);
  const main = document.querySelector("main");
  const observer = new MutationObserver(() => {
    const shown = document.querySelectorAll("[data-presented]").length;
    if (shown !== 1 || figuresOnPage().length !== usePresenter.getState().deck?.count) show(index);
  });
  if (main) observer.observe(main, { subtree: true, childList: true });
  return () => {
    observer.disconnect();
    for (const figure of document.querySelectorAll("[data-presented]")) figure.removeAttribute("data-presented");
    usePresenter.setState({ deck: null });
  };
}
