import { CloseButton } from "@mantine/core";
import type { Clause } from "../bundle";
import { useWorkspace } from "../context";
import classes from "./RuleAside.module.css";

const headings: Readonly<Record<string, string>> = {
  definition: "Definition",
  use_when: "Use when",
  avoid_when: "Avoid when",
  interpretation: "How to read it",
  rationale: "Why this rule exists",
  examples: "Examples",
  counter_examples: "Looks alike, but is not",
};

/** The rule of the question being answered, as the release of the task says it; beside the post, never over it. */
export function RuleAside() {
  const { bundle, activeKey, setGuideOpen } = useWorkspace();
  const clause = bundle.clauses.find((candidate) => candidate.key === activeKey);
  if (clause === undefined) return null;
  return (
    <aside className={classes.aside} aria-label={`The rule: ${clause.title}`}>
      <header className={classes.head}>
        <div>
          {clause.parent_title !== "" && <p className={classes.parent}>{clause.parent_title}</p>}
          <h2 className={classes.title}>{clause.title}</h2>
          <p className={classes.release}>{bundle.release.label}</p>
        </div>
        <CloseButton aria-label="Close the rule" onClick={() => setGuideOpen(false)} />
      </header>
      <div className={classes.body} tabIndex={0} role="group" aria-label="Text of the rule">
        {clause.blocks.map((block, index) => (
          <Block key={index} block={block} clause={clause} />
        ))}
      </div>
    </aside>
  );
}

interface Example {
  readonly text: string;
  readonly ruling: string;
  readonly why: string;
}

function Block({ block, clause }: { block: Record<string, unknown>; clause: Clause }) {
  const type = typeof block["type"] === "string" ? block["type"] : "";
  const text = typeof block["text"] === "string" ? block["text"] : "";
  const items = Array.isArray(block["items"]) ? block["items"].map(exampleOf) : [];
  if (text === "" && items.length === 0) return null;
  return (
    <section className={classes.block} data-type={type}>
      <h3 className={classes.heading}>{headings[type] ?? type.replaceAll("_", " ")}</h3>
      {text !== "" && <div className={classes.prose}>{text}</div>}
      {items.length > 0 && (
        <ul className={classes.examples}>
          {items.map((item, index) => (
            <li key={index} className={classes.example}>
              <p className={classes.exampleText} dir="auto">
                {item.text}
              </p>
              <p className={classes.ruling}>
                {item.ruling !== "" && (
                  <strong>{clause.answers.find((answer) => answer.value === item.ruling)?.label ?? item.ruling}</strong>
                )}
                {item.ruling !== "" && item.why !== "" && ": "}
                {item.why}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function exampleOf(item: unknown): Example {
  const read = (key: string): string => {
    if (typeof item !== "object" || item === null) return "";
    const value = (item as Record<string, unknown>)[key];
    return typeof value === "string" ? value : "";
  };
  return { text: read("text"), ruling: read("ruling"), why: read("why") };
}
