import { Button, Group } from "@mantine/core";
import { useMe } from "@/api/session";
import { announce, StatusBadge, Time } from "@/ui";
import { Words } from "../changes/Words";
import type { ClauseText, Release, Suggestion } from "../shapes";
import { placeName } from "./places";
import classes from "./Talk.module.css";
import type { Talk } from "./useTalk";

/** A proposed text as changed words, with its way into the draft or out of it. */
export function SuggestionCard({
  suggestion,
  text,
  release,
  talk,
  beforeAccept,
}: {
  suggestion: Suggestion;
  text: ClauseText | null;
  release: Release;
  talk: Talk;
  beforeAccept?: () => Promise<number | null>;
}) {
  const me = useMe().id;
  const name = placeName(text, suggestion.at);
  const isOpen = suggestion.state === "open";
  const accept = async (): Promise<void> => {
    const version = (await beforeAccept?.()) ?? null;
    if (version === null) announce("Your own text of this clause is not saved yet. Settle that first.");
    else talk.accept.mutate({ id: suggestion.id, version });
  };
  return (
    <article className={classes.card} data-settled={!isOpen || undefined} aria-label={`Suggestion for ${name}`}>
      <header className={classes.about}>
        <span>{name}</span>
        {!isOpen && <StatusBadge state={suggestion.state} label={stateWords[suggestion.state]} />}
        {suggestion.is_gone && isOpen && <span className={classes.gone}>no longer in the text</span>}
        {suggestion.is_changed && <span className={classes.gone}>text changed since; shown against it</span>}
      </header>
      <div className={classes.words}>
        <Words segments={suggestion.segments} />
      </div>
      <p className={classes.who}>
        <strong>{suggestion.author.display_name}</strong> <Time at={suggestion.created_at} />
      </p>
      {suggestion.why !== "" && <p className={classes.why}>{suggestion.why}</p>}
      {suggestion.decided_by !== null && suggestion.state !== "withdrawn" && (
        <p className={classes.who}>
          {stateWords[suggestion.state]} by {suggestion.decided_by.display_name}
          {suggestion.decided_note !== "" && `: ${suggestion.decided_note}`}
        </p>
      )}
      {isOpen && (
        <Group gap={6}>
          {release.actions.edit && !suggestion.is_gone && (
            <Button size="compact-xs" loading={talk.accept.isPending} onClick={() => void accept()}>
              Accept
            </Button>
          )}
          {(release.actions.edit || release.actions.withdraw) && (
            <Button
              size="compact-xs"
              variant="default"
              loading={talk.reject.isPending}
              onClick={() => talk.reject.mutate({ id: suggestion.id, note: "" })}
            >
              Decline
            </Button>
          )}
          {suggestion.author.id === me && (
            <Button size="compact-xs" variant="subtle" onClick={() => talk.withdraw.mutate(suggestion.id)}>
              Take it back
            </Button>
          )}
        </Group>
      )}
      {isOpen && release.actions.withdraw && (
        <p className={classes.none}>To put it in, take the release back to write.</p>
      )}
    </article>
  );
}

const stateWords: Readonly<Record<Suggestion["state"], string>> = {
  open: "Open",
  accepted: "Accepted",
  rejected: "Declined",
  withdrawn: "Taken back",
};
