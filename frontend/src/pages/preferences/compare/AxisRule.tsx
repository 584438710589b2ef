import { CloseButton } from "@mantine/core";
import { SafeText } from "../SafeText";
import classes from "./AxisRule.module.css";
import type { Axis } from "./bundle";

const headings: Readonly<Record<string, string>> = {
  definition: "Definition",
  use_when: "Use when",
  avoid_when: "Avoid when",
  interpretation: "How to read it",
  rationale: "Why this rule exists",
};

/** The rule of the axis being judged, as the release says it. */
export function AxisRule({ axis, onClose }: { axis: Axis; onClose: () => void }) {
  return (
    <aside className={classes.aside} aria-label={`The rule: ${axis.title}`}>
      <header className={classes.head}>
        <h2 className={classes.title}>{axis.title}</h2>
        <CloseButton aria-label="Close the rule" onClick={onClose} />
      </header>
      <div className={classes.body} tabIndex={0} role="group" aria-label="Text of the rule">
        <p className={classes.question}>{axis.question}</p>
        {axis.blocks.map((block, at) => {
          const { type, text } = block;
          if (typeof type !== "string" || typeof text !== "string" || text === "") return null;
          return (
            <section key={at}>
              <h3 className={classes.heading}>{headings[type] ?? type.replaceAll("_", " ")}</h3>
              <SafeText text={text} />
            </section>
          );
        })}
      </div>
    </aside>
  );
}
