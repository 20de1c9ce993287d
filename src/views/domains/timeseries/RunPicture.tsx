// The chosen series as one run explains it: fit and forecast of its best expression, small.

import type { ReactNode } from "react";
import type { RunPictureProps } from "../../domainViews";
import { natsText } from "../../numberText";
import { KernelLine } from "./KernelLine";
import { kernelText } from "./kernelText";
import { SeriesPlot } from "./SeriesPlot";
import { seriesName, seriesView } from "./seriesView";

/** A plot without cursor, the expression and its log likelihood. */
export function RunPicture(props: RunPictureProps): ReactNode {
  const view = seriesView({ ...props, selectedProgram: null });
  if (!view) return null;
  const { shown, values, data, scale, row } = view;
  const fit = shown?.fit ?? null;
  const name = seriesName(data, row);
  const words = shown ? kernelText(shown.printed) : "no expression yet";
  const score = fit ? `log likelihood ${natsText(fit.logLikelihood)} nats` : "no fit yet";
  return (
    <div className="wsl-run-picture">
      <div role="img" aria-label={`${name} under ${words}; ${score}`}>
        <SeriesPlot
          name={name}
          values={values}
          spacing={data.spacing}
          fit={fit}
          scale={scale}
          width={props.size}
          height={Math.round(props.size * 0.62)}
          isStill
        />
      </div>
      <span className="wsl-run-picture-note">
        {shown ? <KernelLine printed={shown.printed} parameters={null} /> : null} {score}
      </span>
    </div>
  );
}
