// "More like this": new observations from the best program alone and from all programs by weight, told apart.

import type { ReactNode } from "react";
import type { DomainSpec } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";
import type { DomainViews } from "../domainViews";
import type { ReportItem } from "./tryOwn";

export type SampleGalleriesProps = {
  readonly spec: DomainSpec;
  readonly views: DomainViews;
  readonly options: OptionValues;
  readonly item: ReportItem;
};

/** Two galleries side by side. */
export function SampleGalleries(props: SampleGalleriesProps): ReactNode {
  return (
    <div className="try-two">
      <Gallery {...props} name="best" unit={`best ${props.spec.programName.one}`} samples={props.item.samplesOfBest} />
      <Gallery
        {...props}
        name="all"
        unit={`all ${props.spec.programName.many}, by weight`}
        samples={props.item.samplesOfAll}
      />
    </div>
  );
}

type GalleryProps = SampleGalleriesProps & {
  readonly name: "best" | "all";
  readonly unit: string;
  readonly samples: readonly unknown[];
};

function Gallery(props: GalleryProps): ReactNode {
  const { views, spec, options, samples } = props;
  return (
    <figure className="try-gallery" data-picture={`samples-${props.name}`} data-count={samples.length}>
      <figcaption>
        <h3>More like this</h3> <span className="try-unit">{props.unit}</span>
      </figcaption>
      <ul>
        {samples.map((observation, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: samples have no identity of their own
          <li key={i}>
            <views.ObservationPicture
              spec={spec}
              options={options}
              observation={observation}
              label={`Sample ${i + 1}, ${props.unit}`}
              size={104}
            />
          </li>
        ))}
      </ul>
    </figure>
  );
}
