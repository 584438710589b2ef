import { type ReactNode, useMemo } from "react";
import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { Formula } from "./maths/Formula";
import { formulaNamed, splitMaths, type Written } from "./maths/splitting";
import classes from "./SafeText.module.css";

const plugins = [remarkGfm];
const hidden = ["img"];
const components: Components = {
  a: Link,
  h1: "h3",
  h2: "h3",
  h3: "h4",
  h4: "h4",
  h5: "h4",
  h6: "h4",
};

/**
 * What a model wrote, as it meant it to look: markdown, code and formulas. Its HTML is shown as text, its pictures
 * and links load nothing.
 */
export function SafeText({ text }: { text: string }) {
  const { split, drawn } = useMemo(() => {
    const found = splitMaths(text);
    return { split: found, drawn: found.formulas.length === 0 ? components : withFormulas(found.formulas) };
  }, [text]);
  return (
    <div className={classes.text} dir="auto">
      <Markdown remarkPlugins={plugins} disallowedElements={hidden} unwrapDisallowed components={drawn}>
        {split.text}
      </Markdown>
    </div>
  );
}

function withFormulas(formulas: readonly Written[]): Components {
  return {
    ...components,
    code: ({ children, className }) => {
      const written = formulaNamed(children, formulas);
      return written === undefined ? <code className={className}>{children}</code> : <Formula written={written} />;
    },
  };
}

/** A link names where it would lead; it cannot be followed by a slip of the hand. */
function Link({ href, children }: { href?: string | undefined; children?: ReactNode }) {
  return (
    <span className={classes.link}>
      {children}
      {href !== undefined && <span className={classes.address}> ({href})</span>}
    </span>
  );
}
