import { Panel } from "@/ui";
import { languageName } from "@/work/rule/wording";
import classes from "./bench.module.css";
import type { BenchRun, JudgedClause, TextFigures } from "./queries";
import { kappaRange, kappaWords, shareRange, shareWords } from "./words";

interface Row {
  readonly label: string;
  readonly value: (figures: TextFigures) => string;
  readonly range: (figures: TextFigures) => string;
}

const rows: readonly Row[] = [
  { label: "Agrees with people", value: (one) => shareWords(one.agreement), range: (one) => shareRange(one.agreement, "posts") },
  { label: "Beyond chance (κ)", value: (one) => kappaWords(one.kappa), range: (one) => kappaRange(one.kappa) },
  { label: "Changes with the order of examples", value: (one) => shareWords(one.order_changes), range: (one) => shareRange(one.order_changes, "pairs") },
  { label: "Changes with the seed", value: (one) => shareWords(one.seed_changes), range: (one) => shareRange(one.seed_changes, "posts") },
  { label: "No answer in it", value: (one) => shareWords(one.unparsed), range: (one) => shareRange(one.unparsed, "calls") },
];

/** How one clause did: agreement and steadiness under both texts, and which answers are mistaken for which. */
export function ClauseFigures({
  clause,
  run,
  isAlone,
}: {
  clause: JudgedClause;
  run: BenchRun;
  /** Among several clauses, what lies deeper is folded away. */
  isAlone: boolean;
}) {
  const texts = [
    { name: run.release_label, figures: clause.candidate },
    { name: run.baseline_label, figures: clause.baseline },
  ].flatMap(({ name, figures }) => (figures === null ? [] : [{ name, figures }]));
  return (
    <Panel
      title={clause.title}
      note={
        clause.flips === null
          ? `${clause.posts} posts. Intervals are 95 %.`
          : `${clause.flips.share.hits} of ${clause.flips.share.total} posts flip: ${clause.flips.better} to people’s answer, ${clause.flips.worse} away from it. Intervals are 95 %.`
      }
    >
      <table className={classes.figures}>
        <TextsHead first="Figure" texts={texts} />
        <tbody>
          {rows.map((row) => (
            <tr key={row.label}>
              <th scope="row">{row.label}</th>
              {texts.map((text) => (
                <td key={text.name}>
                  {row.value(text.figures)} <span className={classes.range}>{row.range(text.figures)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className={classes.tables}>
        {texts.map((text) => (
          <Confusion key={text.name} name={text.name} answers={clause.answers} figures={text.figures} />
        ))}
      </div>
      <Languages texts={texts} isOpen={isAlone} />
    </Panel>
  );
}

function Confusion({ name, answers, figures }: { name: string; answers: readonly string[]; figures: TextFigures }) {
  const given = [...new Set([...answers, ...figures.confusion.map((cell) => cell.given)])];
  const judged = [...new Set([...answers, ...figures.confusion.map((cell) => cell.judged)])];
  const posts = (row: string, column: string): number =>
    figures.confusion.find((cell) => cell.given === row && cell.judged === column)?.posts ?? 0;
  return (
    <table className={classes.figures}>
      <caption className={classes.caption}>Answers under {name}</caption>
      <thead>
        <tr>
          <th scope="col">People said</th>
          {judged.map((answer) => (
            <th key={answer} scope="col">
              {answer === "" ? "not clear" : `judge: ${answer}`}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {given.map((row) => (
          <tr key={row}>
            <th scope="row">{row}</th>
            {judged.map((column) => (
              <td key={column} className={classes.cell} data-same={row === column || undefined}>
                {posts(row, column)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The first column's name, then a column for each text that was tried. */
function TextsHead({ first, texts }: { first: string; texts: readonly { readonly name: string }[] }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {texts.map((text) => (
          <th key={text.name} scope="col">
            {text.name}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** How often the judge agrees with people, by the language of the posts; the most posts first. */
function Languages({ texts, isOpen }: { texts: readonly { readonly name: string; readonly figures: TextFigures }[]; isOpen: boolean }) {
  const posts = new Map<string, number>();
  for (const { figures } of texts) {
    for (const { language, agreement } of figures.languages) posts.set(language, Math.max(posts.get(language) ?? 0, agreement.total));
  }
  const languages = [...posts].sort(([a, most], [b, other]) => other - most || a.localeCompare(b)).map(([language]) => language);
  if (languages.length === 0) return null;
  const caption = "Agrees with people, by language of the posts";
  return (
    <details className={classes.more} open={isOpen}>
      <summary>{caption}</summary>
      <table className={classes.figures} aria-label={caption}>
        <TextsHead first="Language" texts={texts} />
        <tbody>
          {languages.map((language) => (
            <tr key={language}>
              <th scope="row">{language === "" ? "Not told" : languageName(language)}</th>
              {texts.map((text) => {
                const found = text.figures.languages.find((one) => one.language === language);
                return (
                  <td key={text.name}>
                    {found === undefined ? "—" : shareWords(found.agreement)}{" "}
                    <span className={classes.range}>{found === undefined ? "no posts" : shareRange(found.agreement, "posts")}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
