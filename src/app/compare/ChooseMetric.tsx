// The button of a chart that opens the list of everything it could show.

import { IconButton } from "../ui/Button";
import { Menu, MenuChoice } from "../ui/Menu";
import type { CompareMetric } from "./chartMetrics";

export type ChooseMetricProps = {
  readonly place: number;
  readonly metrics: readonly CompareMetric[];
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
};

const PLACES = ["large chart", "upper chart", "lower chart"] as const;

export function ChooseMetric({ place, metrics, chosen, onChoose }: ChooseMetricProps) {
  const label = `Choose what the ${PLACES[place] ?? "chart"} shows`;
  return (
    <Menu label={label} trigger={<IconButton small icon="options" label={label} />}>
      <MenuChoice
        label="Quantity"
        value={chosen}
        choices={metrics.map((metric) => ({ value: metric.name, label: metric.title }))}
        onChange={onChoose}
      />
    </Menu>
  );
}
