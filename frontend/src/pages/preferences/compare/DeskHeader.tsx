import { Button, Menu } from "@mantine/core";
import { IconDots, IconPlayerSkipForward } from "@tabler/icons-react";
import type { RefObject } from "react";
import { Kbd } from "@/ui";
import { SavedMark } from "@/work/keeping/SavedMark";
import { StopButton } from "@/work/protection/StopButton";
import { languageName } from "@/work/rule/wording";
import type { ComparisonBundle } from "./bundle";
import { keys } from "./commands";
import classes from "./Desk.module.css";
import type { JudgmentSession } from "./session";
import { compareWords, slateWords } from "./workWords";

/** Under which rules this pair is judged, and whether the work on it is safe. */
export function DeskHeader({
  heading,
  bundle,
  session,
  isComparingWords,
  onToggleWords,
  onSkip,
  onDecline,
  onGoOn,
  onStop,
}: {
  heading: RefObject<HTMLHeadingElement | null>;
  bundle: ComparisonBundle;
  session: JudgmentSession;
  isComparingWords: boolean;
  onToggleWords: () => void;
  onSkip: () => void;
  onDecline: () => void;
  onGoOn: () => void;
  onStop: () => void;
}) {
  const { thing } = bundle.form === "pair" ? compareWords : slateWords;
  return (
    <header className={classes.header}>
      <h1 ref={heading} className={classes.title} tabIndex={-1} data-page-title>
        Compare
      </h1>
      <span className={classes.fact}>{bundle.release.label}</span>
      {bundle.language !== "" && <span className={classes.fact}>{languageName(bundle.language)}</span>}
      <span className={classes.grow} />
      <SavedMark session={session} thing={thing} />
      {bundle.form === "pair" && (
        <Button
          variant={isComparingWords ? "light" : "default"}
          size="xs"
          aria-pressed={isComparingWords}
          rightSection={<Kbd of="compare.words" keys={keys.words} quiet />}
          onClick={onToggleWords}
        >
          Differences
        </Button>
      )}
      <StopButton onStop={onStop} />
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlayerSkipForward size={15} aria-hidden />}
        rightSection={<Kbd of="compare.skip" keys="s" quiet />}
        onClick={onSkip}
      >
        Skip
      </Button>
      <Menu>
        <Menu.Target>
          <Button variant="default" size="xs" aria-label={`More for this ${thing}`} px={8}>
            <IconDots size={16} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item rightSection={<Kbd of="compare.go-on" keys="mod+shift+Enter" quiet />} onClick={onGoOn}>
            Submit, then go on with this conversation
          </Menu.Item>
          <Menu.Item onClick={onDecline}>Decline this {thing}</Menu.Item>
          <Menu.Label>Declining needs no reason and counts in no figure.</Menu.Label>
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}
