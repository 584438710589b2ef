import { IconFlag } from "@tabler/icons-react";
import { percent, StatusBadge } from "@/ui";
import { Nearest } from "../Nearest";
import type { Crowd, LabelSet, Suspect, SuspectKind, Vote } from "../queries";
import { agreeingWords } from "../wording";
import { BoxDoubted } from "./BoxDoubted";
import classes from "./SuspectRoom.module.css";

export interface Labels {
  readonly clause: (key: string) => string;
  readonly answer: (key: string, value: string) => string;
}

/** Why the scan doubts the answer: what the model says, who said what, what looks alike. */
export function Evidence({
  suspect,
  projectId,
  labels,
}: {
  suspect: Suspect;
  projectId: string;
  labels: Labels;
}) {
  const { why } = suspect;
  const answerLabel = (value: string): string => labels.answer(suspect.clause_key, value);
  if (why.region) return <BoxDoubted postId={suspect.post_id} region={why.region} clauseTitle={labels.clause(why.region.likely_clause)} />;
  return (
    <>
      <dl className={classes.answers}>
        <Likelihood role={why.vote ? `Said by ${why.vote.pseudonym}` : "Given"} answer={answerLabel(suspect.given)} share={why.given_probability} />
        <Likelihood role={likelyRoles[suspect.kind]} answer={answerLabel(suspect.likely)} share={why.likely_probability} isLikely />
      </dl>
      {why.crowd && <Together crowd={why.crowd} answerLabel={answerLabel} />}
      {why.together && <AnswerSet set={why.together} labels={labels} />}
      <section className={classes.block} aria-labelledby="suspect-votes">
        <h3 id="suspect-votes">Who answered</h3>
        {why.votes.length === 0 ? (
          <p className={classes.soft}>No person’s answer is behind it.</p>
        ) : (
          <ul className={classes.votes}>
            {why.votes.map((vote, at) => (
              <VoteRow key={`${vote.pseudonym}-${at}`} vote={vote} answer={answerLabel(vote.answer)} />
            ))}
          </ul>
        )}
      </section>
      {why.nearest.length > 0 && (
        <section className={classes.block} aria-labelledby="suspect-nearest">
          <h3 id="suspect-nearest">What looks most like it</h3>
          <Nearest neighbours={why.nearest} projectId={projectId} answerLabel={answerLabel} />
        </section>
      )}
    </>
  );
}

const likelyRoles: Readonly<Record<SuspectKind, string>> = {
  answer: "Likely",
  duplicate: "Its twin’s",
  set: "Likely",
  consensus: "Likely",
  vote: "Decided",
  region: "Likely",
};

/** What people and heads come to. */
function Together({ crowd, answerLabel }: { crowd: Crowd; answerLabel: (value: string) => string }) {
  return (
    <p className={classes.soft}>
      People and heads together hold {answerLabel(crowd.consensus)} for {percent(crowd.probability, 0)} likely: {agreeingWords(crowd)}{" "}
      said so, heads alone give it {percent(crowd.model_probability, 0)}.
    </p>
  );
}

/** Every clause decided on the post, the doubtful ones marked. */
function AnswerSet({ set, labels }: { set: LabelSet; labels: Labels }) {
  return (
    <section className={classes.block} aria-labelledby="suspect-set">
      <h3 id="suspect-set">The post’s answers together</h3>
      <ul className={classes.votes}>
        {set.clauses.map((part) => (
          <li key={part.clause_key}>
            <span className={classes.voter}>
              {labels.clause(part.clause_key)}
              {part.is_doubted && <StatusBadge state="doubtful" tone="wait" icon={IconFlag} />}
            </span>
            <strong>{labels.answer(part.clause_key, part.answer)}</strong>
            <span className={classes.soft}>{percent(part.probability, 0)} likely</span>
          </li>
        ))}
      </ul>
      <p className={classes.soft}>As a set they are {percent(set.quality, 0)} sure.</p>
    </section>
  );
}

function Likelihood({ role, answer, share, isLikely = false }: { role: string; answer: string; share: number; isLikely?: boolean }) {
  return (
    <div className={classes.likelihood} data-likely={isLikely || undefined}>
      <dt>{role}</dt>
      <dd className={classes.answer}>{answer}</dd>
      <dd className={classes.chance}>
        <span className={classes.track} aria-hidden>
          <span className={classes.fill} style={{ width: `${share * 100}%` }} />
        </span>
        {percent(share, 0)}
      </dd>
    </div>
  );
}

function VoteRow({ vote, answer }: { vote: Vote; answer: string }) {
  return (
    <li>
      <span className={classes.voter}>
        {vote.pseudonym}
        {vote.is_simulated && <StatusBadge state="simulated" />}
      </span>
      <strong>{answer}</strong>
      <span className={classes.soft}>agrees with others {percent(vote.reliability, 0)}</span>
    </li>
  );
}
