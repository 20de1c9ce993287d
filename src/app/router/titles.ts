// Document titles: screen first, then the lab's name; every route has its own.

import type { DomainEntry } from "../../engine/domain";
import type { Route } from "./route";

const NAME = "Wake-Sleep Lab";

const SCREENS = {
  learn: "Learn",
  compare: "Compare",
  runs: "Saved runs",
} as const;

/** "Automata, workbench - Wake-Sleep Lab". */
export function titleOf(route: Route, domains: readonly DomainEntry[]): string {
  if (route.screen === "home") return `${NAME}: watch a machine find programs`;
  return `${screenTitle(route, domains)} - ${NAME}`;
}

function screenTitle(route: Exclude<Route, { screen: "home" }> | Route, domains: readonly DomainEntry[]): string {
  switch (route.screen) {
    case "lab": {
      const domain = domains.find((candidate) => candidate.id === route.domain);
      return domain ? `${domain.title}, workbench` : "There is no page here";
    }
    case "help": {
      if (route.topic === null) return "Help";
      const domain = domains.find((candidate) => candidate.id === route.topic);
      return `${domain?.title ?? wordsOf(route.topic)}, help`;
    }
    case "lesson":
      return `Lesson ${route.lesson}`;
    case "embed":
      return `${route.view}, embedded`;
    case "try": {
      const domain = domains.find((candidate) => candidate.id === route.domain);
      return domain ? `Try your own: ${domain.title.toLowerCase()}` : "Try your own";
    }
    case "home":
      return NAME;
    case "unknown":
      return "There is no page here";
    default:
      return SCREENS[route.screen];
  }
}

/** "recognition-model" -> "Recognition model": the glossary itself is fetched with the help page. */
function wordsOf(topic: string): string {
  if (/^(ess|mws|rws|vimco)$/.test(topic)) return topic.toUpperCase();
  return topic.charAt(0).toUpperCase() + topic.slice(1).replaceAll("-", " ");
}
