import type { ClauseDifference } from "../shapes";
import { blockTitles, consequenceOf, fieldWords } from "../wording";
import classes from "./ChangedWords.module.css";
import { Words } from "./Words";

/** One clause's changed words in a narrow column, for people at work under it. */
export function ChangedWords({ clause }: { clause: ClauseDifference }) {
  const prose = clause.blocks.filter((block) => block.status !== "unchanged");
  return (
    <div className={classes.changes}>
      <p className={classes.consequence}>{consequenceOf(clause)}</p>
      {clause.fields_changed.map(({ field, segments }) => (
        <div key={field}>
          <h4 className={classes.name}>{fieldWords[field] ?? field}</h4>
          <Words segments={segments} />
        </div>
      ))}
      {prose.map((block) => (
        <div key={block.id}>
          <h4 className={classes.name}>{blockTitles[block.type as keyof typeof blockTitles]}</h4>
          {block.items.length === 0 ? (
            <Words segments={block.segments} />
          ) : (
            block.items.filter((item) => item.status !== "unchanged").map((item, at) => (
              <p key={at} className={classes.item}>
                <Words segments={item.text} />
              </p>
            ))
          )}
        </div>
      ))}
    </div>
  );
}
