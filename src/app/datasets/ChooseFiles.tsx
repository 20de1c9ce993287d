// A button that opens the system's file dialogue.

import { useRef } from "react";
import { Button } from "../ui/Button";

export type ChooseFilesProps = {
  /** Accessible name of button and field. */
  readonly label: string;
  /** Value of the field's accept attribute. */
  readonly accept: string;
  readonly disabledReason: string | null;
  readonly onFiles: (files: readonly File[]) => void;
};

export function ChooseFiles({ label, accept, disabledReason, onFiles }: ChooseFilesProps) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button kind="quiet" aria-label={label} disabledReason={disabledReason} onClick={() => field.current?.click()}>
        Choose its files
      </Button>
      <input
        ref={field}
        type="file"
        multiple
        className="visually-hidden"
        tabIndex={-1}
        aria-label={`${label}: field`}
        accept={accept}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = "";
          onFiles(files);
        }}
      />
    </>
  );
}
