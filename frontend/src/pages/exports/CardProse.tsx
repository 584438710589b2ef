import Markdown from "react-markdown";
import remarkGfm from "remark-gfm";
import classes from "./CardProse.module.css";

const plugins = [remarkGfm];

/** The card as people read it. HTML in it is shown as text; links and pictures load nothing. */
export function CardProse({ text }: { text: string }) {
  return (
    <div className={classes.card}>
      <Markdown
        remarkPlugins={plugins}
        disallowedElements={["img", "a"]}
        unwrapDisallowed
        components={{ h1: "h2", h2: "h3" }}
      >
        {text}
      </Markdown>
    </div>
  );
}
