// Everything on the page that a lesson may name, gathered for the check.

import { domains } from "../../domains/list";
import formulas from "../formulas/formulas.json";
import { GLOSSARY } from "../help/glossary";
import { curveSpecs } from "../lab/curveSpecs";
import { PARTS } from "../parts/parts";
import { readLabLink } from "../router/labLink";
import { parseRoute } from "../router/route";
import type { Targets } from "./checkLesson";

/** Names of the figures of each domain's pictures (data-picture). */
const FIGURES: Readonly<Record<string, readonly string[]>> = {
  automata: ["images", "extrapolation", "rule-explorer"],
  clusters: ["clusters", "same-cluster", "posterior-mass"],
  strings: ["concepts", "concept", "evaluator", "realism"],
  strokes: ["characters", "character", "bank", "recovery", "alphabet"],
};

/** The targets as they are now. */
export function lessonTargets(): Targets {
  return {
    domains,
    parts: new Set(Object.keys(PARTS)),
    terms: new Set(GLOSSARY.map((entry) => entry.id)),
    formulas: new Set(Object.keys(formulas.formulas)),
    figures: FIGURES,
    curvesOf: (domain) => curveSpecs(domain).map((curve) => curve.name),
    linkProblems: (domain, query) => readLabLink(domain, query).problems,
    isRoute: (href) => href.startsWith("#/") && parseRoute(href).screen !== "unknown",
  };
}
