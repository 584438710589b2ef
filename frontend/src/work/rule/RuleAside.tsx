import type { ReactNode } from "react";
import { AsideFrame } from "../AsideFrame";
import classes from "./RuleAside.module.css";
import { type Rule, RuleText } from "./RuleText";
import type { InLanguage } from "./useWording";
import { languageName } from "./wording";

/** The rule of the question being answered: it stands beside the work, which makes room for it, never over it. */
export function RuleAside({
  rule,
  changes,
  onClose,
}: {
  rule: Rule;
  /** What changed in it, where the person knew it otherwise. */
  changes?: ReactNode;
  onClose: () => void;
}) {
  return (
    <AsideFrame
      label={`The rule: ${rule.title}`}
      above={rule.parentTitle}
      title={rule.title}
      below={[...(rule.release === undefined ? [] : [rule.release]), ...(rule.inLanguage === undefined ? [] : [languageNote(rule.inLanguage)])]}
      closes="Close the rule"
      body="Text of the rule"
      onClose={onClose}
    >
      {changes}
      <p className={classes.question} dir="auto">
        {rule.question}
      </p>
      <RuleText rule={rule} />
    </AsideFrame>
  );
}

/** "In French, from English." */
function languageNote({ language, source, isOlder }: InLanguage): string {
  if (language === "") return `Not translated: in ${languageName(source)}.`;
  const from = source === "" ? "" : `, from ${languageName(source)}`;
  const older = isOlder ? " The source has changed since; the source counts." : "";
  return `In ${languageName(language)}${from}.${older}`;
}
