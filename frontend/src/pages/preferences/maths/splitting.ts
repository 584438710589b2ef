/** A formula as it was written, in TeX, and whether it stands on lines of its own. */
export interface Written {
  readonly tex: string;
  readonly isDisplayed: boolean;
}

export interface Split {
  /** The text with each formula replaced by a piece of code that names its place. */
  readonly text: string;
  readonly formulas: readonly Written[];
}

const OPEN = "\uE000";
const CLOSE = "\uE001";
const LONGEST_FORMULA = 5_000;
const NAMED = new RegExp(`^${OPEN}(\\d+)${CLOSE}$`);

// What is code is code, whatever it holds. Of the others the first that fits stands. A dollar opens a formula only
// before something, and closes one only behind something and before no digit: so prices stay prices.
const pieces = new RegExp(
  [
    "(?<code>^ {0,3}(?<fence>`{3,}|~{3,})[^\\n]*\\n[\\s\\S]*?(?:^ {0,3}\\k<fence>[`~]*[ \\t]*$|$(?![\\s\\S]))|(?<ticks>`+)(?!`)[\\s\\S]*?(?<!`)\\k<ticks>(?!`)|\\\\\\$)",
    "\\$\\$(?<dollars>[\\s\\S]+?)\\$\\$",
    "\\\\\\[(?<brackets>[\\s\\S]+?)\\\\\\]",
    "\\\\\\((?<rounds>[\\s\\S]+?)\\\\\\)",
    "\\$(?<dollar>[^\\s$](?:[^$\\n]*?[^\\s$\\\\])?)\\$(?!\\d)",
  ].join("|"),
  "gm",
);

/** Find the formulas of a text. Markdown would read their signs as its own, so they are taken out before it reads. */
export function splitMaths(text: string): Split {
  if (text.includes(OPEN) || text.includes(CLOSE) || !/\$|\\[([]/.test(text)) return { text, formulas: [] };
  const formulas: Written[] = [];
  const replaced = text.replace(pieces, (whole: string, ...rest: unknown[]) => {
    const found = rest.at(-1) as Readonly<Record<string, string | undefined>>;
    const displayed = found["dollars"] ?? found["brackets"];
    const tex = (displayed ?? found["rounds"] ?? found["dollar"] ?? "").trim();
    if (tex === "" || tex.length > LONGEST_FORMULA) return whole;
    formulas.push({ tex, isDisplayed: displayed !== undefined });
    return `\`${OPEN}${formulas.length - 1}${CLOSE}\``;
  });
  return { text: replaced, formulas };
}

/** The formula that a piece of code stands for; undefined where it is code. */
export function formulaNamed(code: unknown, formulas: readonly Written[]): Written | undefined {
  const place = typeof code === "string" ? NAMED.exec(code)?.[1] : undefined;
  return place === undefined ? undefined : formulas[Number(place)];
}
