import { Button, Group, NativeSelect, SegmentedControl, Textarea } from "@mantine/core";
import { useState } from "react";
import type { TalkPlace } from "./places";
import classes from "./Talk.module.css";
import type { Speaking } from "./TalkPanel";

/** Say something about a passage, or propose another text for it. */
export function Composer({
  places,
  speaking,
  isBusy,
  onSpeak,
  onComment,
  onSuggest,
}: {
  places: readonly TalkPlace[];
  speaking: Speaking;
  isBusy: boolean;
  onSpeak: (speaking: Speaking | null) => void;
  onComment: (at: string, text: string) => void;
  onSuggest: (at: string, proposed: string, why: string) => void;
}) {
  const place = places.find((candidate) => candidate.at === speaking.at) ?? places[0];
  const isSuggesting = speaking.mode === "suggest" && place?.text !== null;
  const [words, setWords] = useState("");
  const [proposed, setProposed] = useState(place?.text ?? "");
  const isReady = isSuggesting ? proposed !== (place?.text ?? "") : words.trim() !== "";
  const send = (): void => {
    if (!isReady || place === undefined) return;
    if (isSuggesting) onSuggest(place.at, proposed, words);
    else onComment(place.at, words);
  };
  return (
    <form
      className={classes.composer}
      aria-label="Comment or suggest"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onSpeak(null);
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send();
      }}
    >
      <NativeSelect
        size="xs"
        label="About"
        value={place?.at ?? ""}
        onChange={(event) => onSpeak({ ...speaking, at: event.currentTarget.value })}
        data={places.map(({ at, name }) => ({ value: at, label: name }))}
      />
      {place?.text !== null && (
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label="Comment or suggest"
          value={speaking.mode}
          onChange={(mode) => onSpeak({ ...speaking, mode: mode === "suggest" ? "suggest" : "comment" })}
          data={[
            { value: "comment", label: "Comment" },
            { value: "suggest", label: "Suggest a text" },
          ]}
        />
      )}
      {isSuggesting && (
        <Textarea
          size="sm"
          label="The text as you would have it"
          data-autofocus
          autoFocus
          minRows={3}
          maxLength={20_000}
          dir="auto"
          value={proposed}
          onChange={(event) => setProposed(event.currentTarget.value)}
        />
      )}
      <Textarea
        size="sm"
        label={isSuggesting ? "Why" : "Comment"}
        autoFocus={!isSuggesting}
        minRows={2}
        maxLength={isSuggesting ? 2000 : 5000}
        dir="auto"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <Group justify="flex-end" gap="xs">
        <Button size="xs" variant="default" onClick={() => onSpeak(null)}>
          Cancel
        </Button>
        <Button size="xs" type="submit" disabled={!isReady} loading={isBusy}>
          {isSuggesting ? "Suggest" : "Comment"}
        </Button>
      </Group>
    </form>
  );
}
