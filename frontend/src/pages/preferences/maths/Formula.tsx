import { type ReactNode, useEffect, useState } from "react";
import type { Written } from "./splitting";
import { mathElements } from "./mathml";
import classes from "./Formula.module.css";

type Renderer = (written: Written) => ReactNode;

let loading: Promise<Renderer> | undefined;

/** What draws formulas is loaded once somebody reads one. */
function renderer(): Promise<Renderer> {
  loading ??= import("katex").then(({ default: katex }) => ({ tex, isDisplayed }: Written): ReactNode => {
    const markup = katex.renderToString(tex, {
      output: "mathml",
      displayMode: isDisplayed,
      throwOnError: true,
      strict: "ignore",
      trust: false,
      maxExpand: 300,
      maxSize: 20,
    });
    return mathElements(markup);
  });
  return loading;
}

/** A formula as mathematics; as it was written while that loads, and where it cannot be read. */
export function Formula({ written }: { written: Written }) {
  const [drawn, setDrawn] = useState<ReactNode>(null);
  const { tex, isDisplayed } = written;
  useEffect(() => {
    let isGone = false;
    void renderer()
      .then((draw) => draw({ tex, isDisplayed }))
      .catch(() => null)
      .then((found) => {
        if (!isGone) setDrawn(found);
      });
    return () => {
      isGone = true;
    };
  }, [tex, isDisplayed]);
  return (
    <span className={isDisplayed ? classes.displayed : undefined} dir="ltr">
      {drawn ?? <code>{tex}</code>}
    </span>
  );
}
