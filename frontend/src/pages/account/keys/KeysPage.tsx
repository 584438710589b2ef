import { Button, TextInput } from "@mantine/core";
import { IconKeyboard, IconSearch } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { showAnswer } from "@/api/answers";
import { api, taken } from "@/api/client";
import { type Me, meQuery, useMe } from "@/api/session";
import { announce, announceProblem, EmptyState, Kbd, PageHeader, Panel, plural, Stacked, useConfirm, useShortcuts } from "@/ui";
import { useUsualShortcuts } from "@/ui/shortcuts/useShortcuts";
import { answersTo } from "./choosing";
import { KeyRow } from "./KeyRow";
import classes from "./KeysPage.module.css";
import { type Bindable, bindables, keysFor } from "./rooms";

/** Every command and its key; a person presses another one for it. */
export default function KeysPage() {
  const own = useMe().keys;
  const all = bindables(useUsualShortcuts());
  const [wanted, setWanted] = useState("");
  const [choosing, setChoosing] = useState<string | null>(null);
  const { change, reset } = useKeyChanges();
  const [ask, dialog] = useConfirm();
  const search = useRef<HTMLInputElement>(null);
  useShortcuts([{ id: "keys.search", label: "Search commands", keys: "/", run: () => search.current?.focus() }]);
  const found = all.filter((command) => answersTo(command, keysFor(command, own), wanted));
  const changed = Object.keys(own).length;
  return (
    <div className={classes.page}>
      <PageHeader
        title="Keys"
        lead="Your own keys go with you to every machine you sign in on. Press ? anywhere to see what a page adds."
        actions={
          <Button
            variant="default"
            disabled={changed === 0}
            onClick={() =>
              ask({
                title: "Give every command its usual key back?",
                text: `${plural(changed, "key")} of your own will be gone.`,
                confirm: "Use the usual keys",
                onConfirm: () => reset.mutate(),
              })
            }
          >
            Reset all
          </Button>
        }
      />
      <TextInput
        ref={search}
        className={classes.search}
        type="search"
        aria-label="Search commands"
        placeholder="What it does, or a key as it is written"
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={<Kbd keys="/" quiet />}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      {found.length === 0 ? (
        <EmptyState icon={IconKeyboard} title="No command is called that">
          Search for what it does, such as “outline”, or for its key, such as “Shift+S”.
        </EmptyState>
      ) : (
        <Stacked>
          {grouped(found, (command) => command.room).map(([room, commands]) => (
            <Panel key={room} title={room} flush>
              {grouped(commands, (command) => command.group).map(([group, members]) => (
                <section key={group} className={classes.group} aria-label={`${room}: ${group}`}>
                  {group !== room && <h3 className={classes.title}>{group}</h3>}
                  <ul className={classes.list}>
                    {members.map((command) => (
                      <KeyRow
                        key={command.id}
                        command={command}
                        all={all}
                        own={own}
                        isChoosing={choosing === command.id}
                        onChoose={(isOn) => setChoosing(isOn ? command.id : null)}
                        onKeys={(keys) => change.mutate({ command, keys })}
                      />
                    ))}
                  </ul>
                </section>
              ))}
            </Panel>
          ))}
        </Stacked>
      )}
      {dialog}
    </div>
  );
}

/** Changes show at once and are taken back when the server refuses them. */
function useKeyChanges() {
  const queries = useQueryClient();
  const put = async (keys: Me["keys"]): Promise<void> => {
    const me = queries.getQueryData(meQuery.queryKey);
    if (me != null) await showAnswer(queries, meQuery.queryKey, { ...me, keys });
  };
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey: meQuery.queryKey });
  const change = useMutation({
    mutationFn: ({ command, keys }: { command: Bindable; keys: readonly string[] | null }) =>
      taken(api.PATCH("/api/me/keys/", { body: { changes: { [command.id]: keys === null ? null : [...keys] } } })),
    onSuccess: ({ keys }) => put(keys),
    onError: async (error) => {
      announceProblem(error);
      await again();
    },
  });
  const reset = useMutation({
    mutationFn: () => api.DELETE("/api/me/keys/"),
    onSuccess: async () => {
      await put({});
      announce("Every command has its usual key again.");
    },
    onError: announceProblem,
  });
  return { change, reset };
}

function grouped(commands: readonly Bindable[], by: (command: Bindable) => string): [string, Bindable[]][] {
  const groups = new Map<string, Bindable[]>();
  for (const command of commands) groups.set(by(command), [...(groups.get(by(command)) ?? []), command]);
  return [...groups];
}
