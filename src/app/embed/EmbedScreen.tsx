// One picture with a play button, for frames on other pages: no header, no storage, nothing moves before Play.

import { useEffect, useMemo } from "react";
import { FigureExportContext } from "../../views/frame/FigureFrame";
import { isStill } from "../../views/frame/useStill";
import { countText } from "../../views/numberText";
import { RecordedDemo } from "../home/RecordedDemo";
import { Curves } from "../lab/Curves";
import { useDomainViews } from "../lab/domainViews";
import { OtherTabNotice } from "../lab/OtherTab";
import { useViewProps } from "../lab/Pictures";
import { provenanceOf } from "../lab/provenance";
import { useLabEffects } from "../lab/useLabEffects";
import { closeLab, openLab, pause, play } from "../lab/workbench";
import { readLabLink, writeLabLink } from "../router/labLink";
import { playRefusal } from "../runs/runStatus";
import { NotFoundScreen } from "../screens/NotFoundScreen";
import { useLab } from "../stores/labStore";
import { useRuns, useViewed } from "../stores/runStore";
import { Button } from "../ui/Button";
import { type Embedded, readEmbed } from "./embedLink";
import "../styles/lab.css";
import "./embed.css";

export type EmbedScreenProps = { readonly view: string; readonly query: string };

export function EmbedScreen({ view, query }: EmbedScreenProps) {
  const embedded = useMemo(() => readEmbed(view, query), [view, query]);
  return embedded ? <EmbeddedBench embedded={embedded} /> : <NotFoundScreen />;
}

function EmbeddedBench({ embedded }: { readonly embedded: Embedded }) {
  const { spec, query } = embedded;
  const link = useMemo(() => readLabLink(spec, query), [spec, query]);
  useLabEffects();
  useEffect(() => {
    void openLab(spec, { ...link, play: link.play && !isStill() });
    return () => {
      closeLab();
      useLab.setState({ spec: null });
    };
  }, [spec, link]);
  const lines = useRuns((state) => provenanceOf(spec, state.runs).join("\n"));
  const exports = useMemo(() => ({ provenance: lines.split("\n") }), [lines]);
  return (
    <FigureExportContext.Provider value={exports}>
      <main id="main" tabIndex={-1} data-screen="embed" className="embed">
        <EmbedBar title={spec.title} href={writeLabLink(spec, link)} />
        <OtherTabNotice />
        <EmbeddedPictures embedded={embedded} />
      </main>
    </FigureExportContext.Provider>
  );
}

function EmbedBar({ title, href }: { readonly title: string; readonly href: string }) {
  const playing = useRuns((runs) => runs.playing);
  const refusal = useRuns((runs) => playRefusal(runs.runs));
  const run = useViewed();
  return (
    <div
      className="embed-bar"
      data-run-id={run?.runId}
      data-run-status={run?.status ?? "idle"}
      data-step={run?.step ?? 0}
      data-epoch={run?.epoch ?? 0}
      data-phase={run?.phase ?? "none"}
    >
      <Button
        kind="primary"
        className="play"
        icon={playing ? "pause" : "play"}
        disabledReason={playing ? null : refusal}
        onClick={() => void (playing ? pause() : play())}
      >
        {playing ? "Pause" : "Play"}
      </Button>
      <h1>{title}</h1>
      <span className="number">step {countText(run?.step ?? 0)}</span>
      <a href={href} target="_blank" rel="noopener">
        Open the lab
      </a>
    </div>
  );
}

function EmbeddedPictures({ embedded }: { readonly embedded: Embedded }) {
  const { spec, view } = embedded;
  const views = useDomainViews(spec.id);
  const run = useViewed();
  const props = useViewProps(spec, run);
  if (run?.failure && !props) {
    return (
      <div className="embed-pictures">
        <p role="alert">
          The engine cannot run in this frame, or did not arrive. This is a recorded run. “Open the lab” trains live.
        </p>
        <RecordedDemo />
      </div>
    );
  }
  if (!views || !props) return <p className="starting">Preparing the {spec.observationName.many} and the engine.</p>;
  return <div className="embed-pictures">{view === "curves" ? <Curves spec={spec} /> : <views.Main {...props} />}</div>;
}
