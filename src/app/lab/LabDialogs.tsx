// What opens over the workbench: keys, add a run, the person's own data, and the options drawer of narrow windows.

import { lazy, Suspense } from "react";
import type { DomainSpec } from "../../engine/domain";
import type { DomainViews } from "../../views/domainViews";
import { ExportDialog } from "../saved/ExportDialog";
import { RunFileProblemDialog } from "../saved/RunFileProblemDialog";
import { StorageFullDialog } from "../saved/StorageFullDialog";
import { KeyTable } from "../screens/KeyTable";
import { useLab } from "../stores/labStore";
import { openDialog, useLayout } from "../stores/layoutStore";
import { Button } from "../ui/Button";
import { Drawer, Modal } from "../ui/Modal";
import { AddRunDialog } from "./AddRunDialog";
import { LeftColumn } from "./LeftColumn";
import { openPreset } from "./useLabAddress";
import { addRunBeside, takeUserData } from "./workbench";

const TeacherLinkDialog = lazy(() =>
  import("../learn/teacher/TeacherLinkDialog").then((module) => ({ default: module.TeacherLinkDialog })),
);

export type LabDialogsProps = {
  readonly spec: DomainSpec;
  readonly views: DomainViews | null;
  readonly isWide: boolean;
};

export function LabDialogs({ spec, views, isWide }: LabDialogsProps) {
  const dialog = useLayout((layout) => layout.dialog);
  const file = useLayout((layout) => layout.file);
  const options = useLab((lab) => lab.options);
  const close = () => openDialog(null);
  return (
    <>
      <Modal open={dialog === "keys"} onClose={close} title="Keys">
        <KeyTable more={views?.keys} />
        <div className="dialog-buttons">
          <Button onClick={close}>Close</Button>
        </div>
      </Modal>
      <ExportDialog open={dialog === "export"} onClose={close} />
      <StorageFullDialog />
      <RunFileProblemDialog />
      <AddRunDialog open={dialog === "addRun"} onClose={close} onAdd={(variant) => void addRunBeside(variant)} />
      {dialog === "teacherLink" ? (
        <Suspense fallback={null}>
          <TeacherLinkDialog open onClose={close} />
        </Suspense>
      ) : null}
      <Drawer open={dialog === "options" && !isWide} onClose={close} title="Data and options">
        <LeftColumn views={views} onPreset={openPreset} />
      </Drawer>
      {views?.UserDataDialog ? (
        <views.UserDataDialog
          spec={spec}
          options={options}
          open={dialog === "userData"}
          file={file}
          onClose={close}
          onUse={(userData, chosen) => {
            close();
            void takeUserData(userData, chosen);
          }}
        />
      ) : null}
    </>
  );
}
