import type { ReactNode } from "react";
import Markdown from "react-markdown";
import remarkGfm from "remark-gfm";
import classes from "./SafeText.module.css";

const plugins = [remarkGfm];
const hidden = ["img"];
const components = {
  a: Link,
  h1: "h3",
  h2: "h3",
  h3: "h4",
  h4: "h4",
  h5: "h4",
  h6: "h4",
} as const;

/** What a model wrote, as it meant it to look. Its HTML is shown as text, its pictures and links load nothing. */
export function SafeText({ text }: { text: string }) {
  return (
    <div className={classes.text} dir="auto">
      <Markdown remarkPlugins={plugins} disallowedElements={hidden} unwrapDisallowed components={components}>
        {text}
      </Markdown>
    </div>
  );
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
