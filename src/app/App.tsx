// The app: header, the screen of the current route, and what catches the unexpected.

import { lazy, type ReactNode, Suspense, useEffect, useRef } from "react";
import { domains } from "../domains/list";
import { parseRoute, type Route, useHash } from "./router/route";
import { titleOf } from "./router/titles";
import { CompareScreen } from "./screens/CompareScreen";
import { HomeScreen } from "./screens/HomeScreen";
import { LearnScreen } from "./screens/LearnScreen";
import { NotFoundScreen } from "./screens/NotFoundScreen";
import { RunsScreen } from "./screens/RunsScreen";
import { TryScreen } from "./screens/TryScreen";
import { ErrorBoundary } from "./shell/ErrorBoundary";
import { Header } from "./shell/Header";
import { TipProvider } from "./ui/Tip";

const LabScreen = lazy(() => import("./lab/LabScreen").then((module) => ({ default: module.LabScreen })));
const HelpScreen = lazy(() => import("./screens/HelpScreen").then((module) => ({ default: module.HelpScreen })));

/** Renders the route that the address names. */
export function App() {
  const route = parseRoute(useHash());
  const place = placeOf(route);
  usePlaceTitle(route, place);
  return (
    <TipProvider>
      <button type="button" className="skip-link" onClick={skipToMain}>
        Skip to the content
      </button>
      <Header route={route} />
      <ErrorBoundary key={place} screen={route.screen === "unknown" ? "help" : route.screen}>
        <Suspense fallback={<Opening screen={route.screen} />}>{screenOf(route)}</Suspense>
      </ErrorBoundary>
    </TipProvider>
  );
}

function screenOf(route: Route): ReactNode {
  switch (route.screen) {
    case "home":
      return <HomeScreen />;
    case "learn":
      return <LearnScreen />;
    case "compare":
      return <CompareScreen />;
    case "try":
      return <TryScreen />;
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
