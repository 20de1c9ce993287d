// The left column: ways in, the preview of what the model will see, what can be done with it, and how sure the answer is.

import { useMemo, useRef } from "react";
import type { DomainSpec } from "../../engine/domain";
import type { TryItem, TryOwn } from "../../views/try/tryOwn";
import { Button } from "../ui/Button";
import { Menu, MenuItem } from "../ui/Menu";
import { ModelChoice } from "./ModelChoice";
import { TryProblems } from "./TryProblems";
import { TryVerdict } from "./TryVerdict";
import { TypeBox } from "./TypeBox";
import { dropWork, find, ownOptions, prepared, searchOn, stop } from "./trySearch";
import { changeItems, changeSource, entryOf, patchTry, undoItems, useTry } from "./tryStore";
import { takeFiles, takeNew, useTryInputs } from "./useTryInputs";

export type TryInputProps = { readonly spec: DomainSpec; readonly tryOwn: TryOwn };

export function TryInput({ spec, tryOwn }: TryInputProps) {
  useTryInputs(spec, tryOwn);
  const state = useTry(spec.id);
  const { items } = entryOf(state);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what would be sent depends on the inputs and the model only
  const sent = useMemo(() => prepared(spec, tryOwn), [spec, tryOwn, items, state.model]);
  const blank = useMemo(
    (): TryItem | null => (tryOwn.startsBlank ? { ...tryOwn.blank(spec), id: 0 } : null),
    [tryOwn, spec],
  );
  const item = items[state.item] ?? blank;
  const isBlank = items.length === 0;
  return (
    <>
      <div className="try-head">
        <h2>Your {items.length > 1 ? tryOwn.many : tryOwn.one}</h2>
        <span className="try-unit">{sent?.ok ? sent.note : ""}</span>
        <span className="try-actions">
          {state.entries.length > 1 ? (
            <button type="button" className="text-button" onClick={() => change(spec, () => undoItems(spec.id))}>
              Undo
            </button>
          ) : null}
          {items.length > 0 ? (
            <button type="button" className="text-button" onClick={() => change(spec, () => changeItems(spec.id, []))}>
              Clear
            </button>
          ) : null}
        </span>
      </div>
      {item ? (
        <>
          <ItemPager {...{ spec, items, at: state.item }} />
          <tryOwn.Preview
            spec={spec}
            item={item}
            seen={sent?.ok ? sent.seen[state.item] : null}
            onChange={(source) =>
              isBlank
                ? takeNew(spec, [{ ...item, source }])
                : change(spec, () => changeSource(spec.id, item.id, source))
            }
            items={items}
            onItems={(next) => change(spec, () => changeItems(spec.id, next))}
            own={ownOptions(spec, tryOwn)}
          />
        </>
      ) : null}
      {isBlank ? (
        <>
          <p className={blank ? "try-drop-line" : "try-drop"}>{state.work === "reading" ? "Reading." : tryOwn.drop}</p>
          <TypeBox spec={spec} tryOwn={tryOwn} />
        </>
      ) : null}
      <TryProblems spec={spec} message={sent && !sent.ok ? sent.message : null} />
      <WaysIn spec={spec} tryOwn={tryOwn} canFind={sent?.ok === true} />
      <ModelChoice spec={spec} tryOwn={tryOwn} />
      <TryVerdict spec={spec} tryOwn={tryOwn} />
    </>
  );
}

/** Work on earlier inputs ends before they change. */
function change(spec: DomainSpec, act: () => void): void {
  dropWork(spec.id);
  patchTry(spec.id, { problems: [], rest: null });
  act();
}

function ItemPager(props: { readonly spec: DomainSpec; readonly items: readonly TryItem[]; readonly at: number }) {
  const { spec, items, at } = props;
  if (items.length < 2) return null;
  const go = (item: number) => patchTry(spec.id, { item, program: 0 });
  return (
    <p className="try-pager">
      <Button kind="quiet" aria-label="Previous" onClick={() => go(Math.max(0, at - 1))} icon="back" />
      <span className="number">
        {at + 1} of {items.length}: {items[at]?.name}
      </span>
      <Button kind="quiet" aria-label="Next" onClick={() => go(Math.min(items.length - 1, at + 1))} icon="arrow" />
    </p>
  );
}

type WaysInProps = TryInputProps & { readonly canFind: boolean };

function WaysIn({ spec, tryOwn, canFind }: WaysInProps) {
  const state = useTry(spec.id);
  const { items, before } = entryOf(state);
  const file = useRef<HTMLInputElement>(null);
  const isBusy = state.work === "searching" || state.work === "learning";
  return (
    <div className="try-row">
      {items.length === 0 ? null : isBusy ? (
        <Button kind="primary" icon="stop" onClick={stop}>
          Stop
        </Button>
      ) : before ? (
        <Button kind="primary" icon="play" onClick={() => void searchOn(spec, tryOwn)}>
          Search on
        </Button>
      ) : (
        <Button
          kind="primary"
          icon="play"
          disabledReason={canFind ? null : "Something has to be put right first; the line above says what."}
          onClick={() => void find(spec, tryOwn)}
        >
          {tryOwn.find}
        </Button>
      )}
      <Button icon="plus" onClick={() => file.current?.click()}>
        Choose files
      </Button>
      <input
        ref={file}
        type="file"
        multiple
        className="visually-hidden"
        tabIndex={-1}
        aria-label="Files"
        accept={tryOwn.accept}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = "";
          if (files.length > 0) void takeFiles(spec, tryOwn, files);
        }}
      />
      {tryOwn.startsBlank && items.length === 0 ? null : (
        <Button kind={items.length === 0 ? "plain" : "quiet"} onClick={() => takeNew(spec, [tryOwn.blank(spec)])}>
          {tryOwn.draw}
        </Button>
      )}
      <Menu trigger={<Button kind="quiet">Use an example</Button>} label="Examples">
        {tryOwn.examples.map((example) => (
          <MenuItem key={example.title} onSelect={() => takeNew(spec, [example.make(spec)])}>
            {example.title}
          </MenuItem>
        ))}
      </Menu>
    </div>
  );
}
