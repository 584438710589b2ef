import { percent, StatusBadge } from "@/ui";
import { Nearest } from "../Nearest";
import type { Suspect, Vote } from "../queries";
import classes from "./SuspectRoom.module.css";

/** Why the scan doubts the answer: what the model says, who said what, what looks alike. */
export function Evidence({
  suspect,
  projectId,
  answerLabel,
}: {
  suspect: Suspect;
  projectId: string;
  answerLabel: (value: string) => string;
}) {
  const { why } = suspect;
  return (
    <>
      <dl className={classes.answers}>
        <Likelihood role="Given" answer={answerLabel(suspect.given)} share={why.given_probability} />
        <Likelihood role={suspect.kind === "answer" ? "Likely" : "Its twin’s"} answer={answerLabel(suspect.likely)} share={why.likely_probability} isLikely />
      </dl>
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
      {suspect.kind === "answer" && (
        <section className={classes.block} aria-labelledby="suspect-nearest">
          <h3 id="suspect-nearest">What looks most like it</h3>
          <Nearest neighbours={why.nearest} projectId={projectId} answerLabel={answerLabel} />
        </section>
      )}
    </>
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
