// The app: header, the screen of the current route, and what catches the unexpected.

import { lazy, type ReactNode, Suspense, useEffect, useRef } from "react";
import { domains } from "../domains/list";
import { HomeScreen } from "./home/HomeScreen";
import { parseRoute, type Route, useHash } from "./router/route";
import { titleOf } from "./router/titles";
import { NotFoundScreen } from "./screens/NotFoundScreen";
import { ErrorBoundary } from "./shell/ErrorBoundary";
import { Header } from "./shell/Header";
import { TipProvider } from "./ui/Tip";

const LearnScreen = lazy(() => import("./learn/LearnScreen").then((module) => ({ default: module.LearnScreen })));
const LessonScreen = lazy(() => import("./learn/LessonScreen").then((module) => ({ default: module.LessonScreen })));
const CompareScreen = lazy(() =>
  import("./compare/CompareScreen").then((module) => ({ default: module.CompareScreen })),
);
const TryScreen = lazy(() => import("./try/TryScreen").then((module) => ({ default: module.TryScreen })));
const RunsScreen = lazy(() => import("./saved/RunsScreen").then((module) => ({ default: module.RunsScreen })));
const EmbedScreen = lazy(() => import("./embed/EmbedScreen").then((module) => ({ default: module.EmbedScreen })));
const LabScreen = lazy(() => import("./lab/LabScreen").then((module) => ({ default: module.LabScreen })));
const HelpScreen = lazy(() => import("./screens/HelpScreen").then((module) => ({ default: module.HelpScreen })));

/** Renders the route that the address names. */
export function App() {
  const route = parseRoute(useHash());
  const place = placeOf(route);
  usePlaceTitle(route, place);
  return (
    <TipProvider>
      {route.screen === "embed" ? null : <Frame route={route} />}
      <ErrorBoundary key={place} screen={route.screen === "unknown" ? "help" : route.screen}>
        <Suspense fallback={<Opening screen={route.screen} />}>{screenOf(route)}</Suspense>
      </ErrorBoundary>
    </TipProvider>
  );
}

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
      return <LearnScreen />;
    case "lesson":
      return <LessonScreen lesson={route.lesson} step={route.step} query={route.query} />;
    case "embed":
      return <EmbedScreen view={route.view} query={route.query} />;
    case "compare":
      return <CompareScreen query={route.query} />;
    case "try":
      return <TryScreen domain={route.domain} query={route.query} />;
    case "runs":
      return <RunsScreen />;
    case "help":
      return <HelpScreen topic={route.topic} />;
    case "lab": {
      const spec = domains.find((domain) => domain.id === route.domain);
      return spec ? <LabScreen key={spec.id} spec={spec} query={route.query} /> : <NotFoundScreen />;
    }
    default:
      return <NotFoundScreen />;
  }
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
  const title = titleOf(route, domains);
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
