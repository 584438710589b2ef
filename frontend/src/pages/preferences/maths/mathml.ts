import { createElement, type ReactNode } from "react";

const ELEMENTS = new Set(
  "math semantics mrow mi mo mn ms mtext mspace mfrac msqrt mroot msup msub msubsup mover munder munderover mmultiscripts mprescripts none mtable mtr mtd mpadded mphantom menclose mstyle merror".split(" "),
);
/** By their names in React. What can lead somewhere, load or run something is not among them, and neither is style. */
const ATTRIBUTES = new Set(
  "display mathvariant stretchy fence separator lspace rspace minsize maxsize symmetric largeop movablelimits accent accentunder linethickness width height depth voffset columnalign columnspacing rowspacing columnlines rowlines scriptlevel displaystyle notation encoding mathcolor mathbackground".split(" "),
);
const DEEPEST = 60;

/** MathML as elements of the page: only what is known to draw is taken over, whatever the markup says besides. */
export function mathElements(markup: string): ReactNode {
  const math = new DOMParser().parseFromString(markup, "text/html").querySelector("math");
  return math === null ? null : drawn(math, 0, 0);
}

function drawn(node: Node, key: number, depth: number): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (!(node instanceof Element) || depth > DEEPEST) return null;
  const name = node.localName;
  if (!ELEMENTS.has(name)) return null;
  const kept = [...node.attributes].filter((attribute) => ATTRIBUTES.has(attribute.name)).map(({ name: called, value }) => [called, value]);
  const children = [...node.childNodes].map((child, at) => drawn(child, at, depth + 1));
  return createElement(name, { ...Object.fromEntries(kept), key }, ...children);
}
