// Compare: no plan builder yet. Points to the workbench, where runs already share data, seed and axes.

import { PlainPage } from "../screens/PlainPage";

const COMPARISONS = [
  { href: "#/lab/automata?v=1&run=rws:10&run=vimco:10", text: "Automata: MWS, RWS and VIMCO with ten particles each" },
  { href: "#/lab/automata?v=1&run=mws:4&run=mws:20", text: "Automata: MWS with four, ten and twenty particles" },
  { href: "#/lab/clusters?v=1&run=rws:5&run=vimco:5", text: "Clusters: three algorithms against the exact answer" },
] as const;

export function CompareScreen(_props: { readonly query: string }) {
  return (
    <PlainPage
      screen="compare"
      title="Compare"
      lead="Plans with seeds, means and tables will be here. The workbench already runs up to eight algorithms side by side on the same data, seed and axes."
    >
      <ul className="link-list">
        {COMPARISONS.map((comparison) => (
          <li key={comparison.href}>
            <a href={comparison.href}>{comparison.text}</a>
          </li>
        ))}
      </ul>
      <p className="note">
        On any workbench, “Add a run” above the curves chooses another algorithm or number of particles.
      </p>
    </PlainPage>
  );
}
