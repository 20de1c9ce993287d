// The closed-form explanations of a picture as a table, and the search over grid sizes as another: the saving decides.

import type { ReactNode } from "react";
import { countText, fixedText } from "../../../numberText";
import type { Analysis, Explanation, OwnSettings, ScaleRow } from "./ownPicture";

export type ExplanationTableProps = {
  readonly analysis: Analysis;
  readonly chosen: Explanation;
  readonly onChoose: (explanation: Explanation) => void;
};

/** Every reading that was compared, best first; one is chosen for the preview. */
export function ExplanationTable(props: ExplanationTableProps): ReactNode {
  return (
    <details className="wsl-details">
      <summary>Explanations compared, {props.analysis.explanations.length} readings</summary>
      <div className="wsl-readings-scroll">
        <table className="wsl-readings">
          <thead>
            <tr>
              <th scope="col">Rule</th>
              <th scope="col" className="wsl-number">
                Neighbours
              </th>
              <th scope="col">Reading</th>
              <th scope="col" className="wsl-number">
                Noise, %
              </th>
              <th scope="col" className="wsl-number">
                Bits per pixel
              </th>
              <th scope="col" className="wsl-number">
                Saving, bits
              </th>
            </tr>
          </thead>
          <tbody>
            {props.analysis.explanations.map((one) => (
              <tr key={readingName(one)} className={one === props.chosen ? "wsl-reading-on" : undefined}>
                <td>
                  <button
                    type="button"
                    className="wsl-link"
                    aria-pressed={one === props.chosen}
                    onClick={() => props.onChoose(one)}
                  >
                    {one.printed}
                  </button>
                </td>
                <td className="wsl-number">{one.neighbours}</td>
                <td>{readingWords(one)}</td>
                <td className="wsl-number">{fixedText(100 * one.noise, 1)}</td>
                <td className="wsl-number">{fixedText(one.bitsPerPixel, 3)}</td>
                <td className="wsl-number">{fixedText(one.saving, 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

export type ScaleTableProps = {
  readonly scales: readonly ScaleRow[];
  readonly settings: OwnSettings;
  readonly onUse: (part: Partial<OwnSettings>) => void;
};

/** Sizes and the saving that each allows; a row can be put to use. */
export function ScaleTable(props: ScaleTableProps): ReactNode {
  return (
    <details className="wsl-details">
      <summary>
        Other sizes {props.scales.length === 0 ? "are being compared" : `compared, ${props.scales.length} of them`}
      </summary>
      <div className="wsl-readings-scroll">
        <table className="wsl-readings">
          <thead>
            <tr>
              <th scope="col">Rows by columns</th>
              <th scope="col">Columns kept</th>
              <th scope="col">Best rule</th>
              <th scope="col" className="wsl-number">
                Saving, bits per pixel
              </th>
            </tr>
          </thead>
          <tbody>
            {props.scales.map((row) => {
              const isOn = row.height === props.settings.height && row.stride === props.settings.stride;
              return (
                <tr key={`${row.height} ${row.stride}`} className={isOn ? "wsl-reading-on" : undefined}>
                  <td>
                    <button
                      type="button"
                      className="wsl-link"
                      aria-pressed={isOn}
                      onClick={() => props.onUse({ height: row.height, stride: row.stride })}
                    >
                      {row.height} by {countText(row.width)}
                    </button>
                  </td>
                  <td>{row.stride === 1 ? "all" : `every ${row.stride}nd`}</td>
                  <td>{row.best.printed}</td>
                  <td className="wsl-number">{fixedText(row.savingPerPixel, 3)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** "as drawn", "mirrored", "symmetric": how this reading differs from the plain one. */
export function readingWords(one: Explanation): string {
  const words = [one.time === "mirrored" ? "time mirrored" : "", one.symmetric ? "symmetric" : ""].filter(Boolean);
  return words.length === 0 ? "as drawn" : words.join(", ");
}

function readingName(one: Explanation): string {
  return `${one.neighbours} ${one.boundary} ${one.time} ${one.symmetric}`;
}
