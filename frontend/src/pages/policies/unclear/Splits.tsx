import { useQuery } from "@tanstack/react-query";
import { IconMoodSmile } from "@tabler/icons-react";
import { useMay } from "@/api/session";
import { AppLink, EmptyState, LoadingState, Panel, percent, plural, QueryView, Stacked, useProjectId } from "@/ui";
import { splitsQuery, type SplitGroup, type UnclearChoice, type UnclearClause } from "./queries";
import { SplitPostRow } from "./SplitPostRow";
import { partWords, saysOf, signs } from "./words";
import classes from "./Unclear.module.css";

const likeBy = { text: "the meaning of their texts", picture: "their pictures", words: "their words" } as const;

/** One rule: what its score is made of, and the posts that split people, alike ones together. */
export function Splits({ clause, choice }: { clause: UnclearClause; choice: UnclearChoice }) {
  return (
    <Stacked>
      <Panel title={clause.title} note={clause.question}>
        <table className={classes.parts}>
          <thead>
            <tr>
              <th scope="col">Sign</th>
              <th scope="col">How many, with the 95&nbsp;% interval</th>
              <th scope="col" data-align="end">
                Points
              </th>
            </tr>
          </thead>
          <tbody>
            {clause.parts.map((part) => (
              <tr key={part.sign}>
                <th scope="row">
                  <span className={classes.dot} style={{ background: signs[part.sign].hue }} aria-hidden />
                  {signs[part.sign].name}
                  <span className={classes.says}>{saysOf(part.sign, clause.is_axis)}</span>
                </th>
                <td>{partWords(part)}</td>
                <td data-align="end">
                  {part.points.toFixed(1)} <span className={classes.soft}>of {Math.round(part.weight * 100)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      {clause.is_axis ? <AxisGaps clause={clause} /> : <SplitPosts clause={clause} choice={choice} />}
    </Stacked>
  );
}

/** What adjudicators said an axis leaves open, and where its comparisons are decided. */
function AxisGaps({ clause }: { clause: UnclearClause }) {
  const projectId = useProjectId();
  const mayReview = useMay(projectId, "review.decide");
  return (
    <Panel title="What it leaves open" note="Said by those who decided comparisons on which people differ.">
      {clause.gaps.length === 0 ? (
        <p className={classes.note}>Nobody has named a gap in it yet.</p>
      ) : (
        <ul className={classes.posts}>
          {clause.gaps.map((gap, at) => (
            <li key={at} dir="auto">
              {gap}
            </li>
          ))}
        </ul>
      )}
      {mayReview && <AppLink to={`/p/${projectId}/review/comparisons?axis=${clause.clause_key}`}>Look at the comparisons on which people differ</AppLink>}
    </Panel>
  );
}

/** The posts that split people, alike ones together. */
function SplitPosts({ clause, choice }: { clause: UnclearClause; choice: UnclearChoice }) {
  const projectId = useProjectId();
  const query = useQuery(splitsQuery(projectId, clause.clause_key, choice));
  return (
    <QueryView query={query} loading={<LoadingState label="Putting alike posts together" lines={6} />}>
      {({ groups, like_by: by, is_cut: isCut }) =>
        groups.length === 0 ? (
          <EmptyState title="No post splits people on this rule" icon={IconMoodSmile} tone="good">
            Posts by which people or models are measured are counted, but not shown here.
          </EmptyState>
        ) : (
          <>
            <p className={classes.note}>
              {by !== null && `Put together by ${likeBy[by]}.`}
              {by === null && groups.length > 1 && "These posts cannot be compared with each other."}
              {isCut && " There are more; these split people most evenly."} Posts that measure people or models are not among them.
            </p>
            {groups.map((group) => (
              <Group key={group.posts[0]?.post_id} group={group} clause={clause} />
            ))}
          </>
        )
      }
    </QueryView>
  );
}

/** Posts that are alike, named by the most central of them. */
function Group({ group, clause }: { group: SplitGroup; clause: UnclearClause }) {
  const [central] = group.posts;
  if (central === undefined) return null;
  const title = group.posts.length === 1 ? central.external_id : `Like ${central.external_id}`;
  const note = group.posts.length === 1 ? undefined : `${plural(group.posts.length, "post")}, ${percent(group.likeness, 0)} alike on average`;
  return (
    <Panel title={title} note={note}>
      <ul className={classes.posts}>
        {group.posts.map((post) => (
          <SplitPostRow key={post.post_id} post={post} clause={clause} isNamed={group.posts.length > 1} />
        ))}
      </ul>
    </Panel>
  );
}
