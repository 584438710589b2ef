import { Button } from "@mantine/core";
import { IconEye, IconEyeOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { codePointLength } from "@/editor/text/codePoints";
import { plural } from "@/ui";
import { HoldButton } from "./HoldButton";
import type { Mode } from "./sights";
import classes from "./HiddenText.module.css";

/** The line a text stands behind: what it is and how long, so that one can decide whether to read it. */
export function HiddenText({
  name,
  text,
  mode,
  keyCap,
  onShow,
  onHide,
  onPress,
  onRelease,
}: {
  name: string;
  text: string;
  /** How it is in view; undefined: it is not. */
  mode: Mode | undefined;
  /** The key that shows it, where one does. */
  keyCap?: ReactNode;
  onShow: () => void;
  onHide: () => void;
  onPress: () => void;
  onRelease: () => void;
}) {
  if (mode === "full") {
    return (
      <div className={classes.shown}>
        <Button size="compact-xs" variant="subtle" color="gray" leftSection={<IconEyeOff size={14} aria-hidden />} onClick={onHide}>
          Hide {name}
        </Button>
      </div>
    );
  }
  return (
    <div className={classes.line} data-hidden-text>
      <span className={classes.words}>
        {name}, {plural(codePointLength(text), "character")}
        {mode === undefined && ", hidden"}
      </span>
      <span className={classes.ways}>
        {mode === undefined && (
          <Button size="xs" variant="default" leftSection={<IconEye size={15} aria-hidden />} rightSection={keyCap} onClick={onShow}>
            Read {name}
          </Button>
        )}
        <HoldButton label={`Hold to read ${name}`} onPress={onPress} onRelease={onRelease}>
          Hold
        </HoldButton>
      </span>
    </div>
  );
}
