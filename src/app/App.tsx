// The app: header, the screen of the current route, and what catches the unexpected.

import { lazy, type ReactNode, Suspense, useEffect, useRef } from "react";
import { catalogue } from "../domains/catalogue";
import { HomeScreen } from "./home/HomeScreen";
import { PresentedScale } from "./present/PresentedScale";
import { usePresenter } from "./present/presenterStore";
import { usePresentKey } from "./present/usePresentKey";
import { parseRoute, type Route, useHash } from "./router/route";
import { titleOf } from "./router/titles";
import { NotFoundScreen } from "./screens/NotFoundScreen";
import { ErrorBoundary } from "./shell/ErrorBoundary";
import { Header } from "./shell/Header";
import { LazyScreen, type LoadScreen, MissingPartBoundary } from "./shell/LazyScreen";
import { TipProvider } from "./ui/Tip";

const loadLearn = () => import("./learn/LearnScreen").then((module) => module.LearnScreen);
const loadLesson = () => import("./learn/LessonScreen").then((module) => module.LessonScreen);
const loadCompare = () => import("./compare/CompareScreen").then((module) => module.CompareScreen);
const loadTry = () => import("./try/TryScreen").then((module) => module.TryScreen);
const loadRuns = () => import("./saved/RunsScreen").then((module) => module.RunsScreen);
const loadEmbed = () => import("./embed/EmbedScreen").then((module) => module.EmbedScreen);
const loadLab = () => import("./lab/LabScreen").then((module) => module.LabScreen);
const loadHelp = () => import("./screens/HelpScreen").then((module) => module.HelpScreen);

const Presenter = lazy(() => import("./present/Presenter").then((module) => ({ default: module.Presenter })));

/** Renders the route that the address names. */
export function App() {
  const route = parseRoute(useHash());
  const place = placeOf(route);
  usePlaceTitle(route, place);
  const screen = route.screen === "unknown" ? "help" : route.screen;
  const isPresented = usePresenter((presenter) => presenter.isOn) && PRESENTED.has(route.screen);
  usePresentKey(PRESENTED.has(route.screen));
  return (
    <TipProvider>
      {route.screen === "embed" ? null : <Frame route={route} />}
      <ErrorBoundary key={place} screen={screen}>
        <MissingPartBoundary screen={screen}>
          <PresentedScale>{screenOf(route)}</PresentedScale>
        </MissingPartBoundary>
      </ErrorBoundary>
      {isPresented ? (
        <Suspense fallback={null}>
          <Presenter hasDeck={route.screen === "lesson"} />
        </Suspense>
      ) : null}
    </TipProvider>
  );
}

/** Screens that presenter mode can show. */
const PRESENTED: ReadonlySet<string> = new Set(["lab", "lesson", "compare", "try"]);

/** What every screen but an embedded one has above it. */
function Frame({ route }: { readonly route: Route }) {
  return (
    <>
      <button type="button" className="skip-link" onClick={skipToMain}>
        Skip to the content
      </button>
      <Header route={route} />
    </>
  );
}

function screenOf(route: Route): ReactNode {
  switch (route.screen) {
    case "home":
      return <HomeScreen />;
    case "learn":
      return later(route, loadLearn, {});
    case "lesson":
      return later(route, loadLesson, { lesson: route.lesson, step: route.step, query: route.query });
    case "embed":
      return later(route, loadEmbed, { view: route.view, query: route.query });
    case "compare":
      return later(route, loadCompare, { query: route.query });
    case "try":
      return later(route, loadTry, { domain: route.domain, query: route.query });
    case "runs":
      return later(route, loadRuns, {});
    case "help":
      return later(route, loadHelp, { topic: route.topic });
    case "lab": {
      const { domain, query } = route;
      const isKnown = catalogue.some((entry) => entry.id === domain);
      return isKnown ? later(route, loadLab, { domain, query }) : <NotFoundScreen />;
    }
    default:
      return <NotFoundScreen />;
  }
}

/** A screen whose code is fetched when it is first shown. */
function later<Props extends object>(route: Route, load: LoadScreen<Props>, props: Props): ReactNode {
  return <LazyScreen load={load} props={props} fallback={<Opening screen={route.screen} />} />;
}

/** What makes a screen another screen: the route without its query. */
function placeOf(route: Route): string {
  if (route.screen === "lab") return `lab/${route.domain}`;
  if (route.screen === "lesson") return `lesson/${route.lesson}`;
  if (route.screen === "try") return `try/${route.domain ?? ""}`;
  if (route.screen === "embed") return `embed/${route.view}`;
  if (route.screen === "help") return `help/${route.topic ?? ""}`;
  return route.screen === "unknown" ? `unknown/${route.path}` : route.screen;
}

/** Document title per screen; on a change of screen the reading position goes to the new heading's page. */
function usePlaceTitle(route: Route, place: string): void {
  const earlier = useRef(place);
  const title = titleOf(route, catalogue);
  useEffect(() => {
    document.title = title;
    if (earlier.current === place) return;
    earlier.current = place;
    window.scrollTo(0, 0);
    document.getElementById("main")?.focus({ preventScroll: true });
  }, [place, title]);
}

function skipToMain(): void {
  document.getElementById("main")?.focus();
}

function Opening({ screen }: { readonly screen: string }) {
  return (
    <main
      id="main"
      tabIndex={-1}
      data-screen={screen === "unknown" ? "home" : screen}
      className="page"
      aria-busy="true"
    >
      <h1 className="visually-hidden">Opening</h1>
    </main>
  );
}
