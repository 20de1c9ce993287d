// The button that copies the HTML which puts this bench into another page.

import { useLab } from "../stores/labStore";
import { say } from "../stores/noticeStore";
import { Button } from "../ui/Button";
import { embedCode } from "./embedLink";

/** Says in the polite line what it did. */
export function CopyEmbed() {
  const title = useLab((lab) => lab.spec?.title ?? "");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(embedCode(window.location.href, title));
      say("Frame copied: HTML for a page of your own, with this data, options and seed.", true);
    } catch (error) {
      console.info("Clipboard:", error);
      say("The clipboard is closed to this page. Write #/embed/ for #/lab/ in the address instead.", true);
    }
  };
  return (
    <Button kind="quiet" icon="picture" onClick={() => void copy()}>
      Copy frame for a web page
    </Button>
  );
}
