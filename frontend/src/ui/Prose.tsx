import Markdown from "react-markdown";
import remarkGfm from "remark-gfm";
import classes from "./Prose.module.css";

const plugins = [remarkGfm];

/** A writer's markdown as people read it. HTML in it is shown as text, pictures are not loaded. */
export function Prose({ text, size = "body" }: { text: string; size?: "body" | "small" }) {
  return (
    <div className={classes.prose} data-size={size} dir="auto">
      <Markdown remarkPlugins={plugins} disallowedElements={["img", "h1", "h2"]} unwrapDisallowed>
        {text}
      </Markdown>
    </div>
  );
}
