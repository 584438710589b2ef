import { MultiSelect, Select, Switch, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { showAnswer } from "@/api/answers";
import { useState } from "react";
import { ActionForm, announce, Panel, refusalOf } from "@/ui";
import { saveProjectSettings, setProtectionQuery } from "@/work/protection/queries";
import type { ProjectSettings, SetProtection } from "@/work/protection/shapes";
import { severities } from "@/work/protection/words";
import { BudgetRows } from "../limits/BudgetRows";
import { Minutes } from "../limits/Minutes";
import { SpacingFields } from "../limits/SpacingFields";
import classes from "../Protection.module.css";
import { Clauses } from "./Clauses";

/** What this project's managers set: what harm to expect, and limits of its own beside the organization's. */
export function ProjectForm({ projectId, set }: { projectId: string; set: SetProtection }) {
  const queries = useQueryClient();
  const [settings, setSettings] = useState(set.project);
  const save = useMutation({
    mutationFn: () => saveProjectSettings(projectId, settings),
    onSuccess: async (saved) => {
      await showAnswer(queries, setProtectionQuery(projectId).queryKey, saved);
      announce("The project's protection is saved.");
    },
  });
  const change = (part: Partial<ProjectSettings>): void => setSettings({ ...settings, ...part });
  const { categories } = set.organization;
  return (
    <Panel title="This project" note="What is unknown about a post counts as what you expect here. Limits hold beside the organization's and each person's own.">
      <fieldset className={classes.plain} disabled={!set.may_change}>
        <ActionForm action={save} refusal={refusalOf(save.error, [])} confirm="Save for this project" isReady={set.may_change}>
          <div className={classes.inputs}>
            <Select
              label="Posts here are, if nothing else is known"
              w={270}
              allowDeselect={false}
              data={severities.map((name, at) => ({ value: String(at), label: at === 0 ? "harmless" : name }))}
              value={String(settings.expects.severity)}
              onChange={(value) => change({ expects: { ...settings.expects, severity: Number(value ?? 1) } })}
            />
            <MultiSelect
              label="Of these kinds"
              miw={270}
              data={categories.map(({ key, name }) => ({ value: key, label: name }))}
              value={[...settings.expects.categories]}
              onChange={(keys) => change({ expects: { ...settings.expects, categories: keys } })}
            />
          </div>
          <Textarea
            label="What this work is for"
            description="Told to the people who do it, beside what their answers led to."
            autosize
            minRows={2}
            maxLength={2000}
            value={settings.purpose}
            onChange={(event) => change({ purpose: event.currentTarget.value })}
          />
          <Clauses projectId={projectId} settings={settings} categories={categories} onChange={change} />
          <h3 className={classes.part}>Limits a person</h3>
          <BudgetRows budgets={settings.budgets} categories={categories} onChange={(budgets) => change({ budgets })} />
          <h3 className={classes.part}>Breaks and spacing</h3>
          <div className={classes.inputs}>
            <Minutes label="A break after" value={settings.break_after_minutes} standing={set.organization.break_after_minutes} min={5} max={240} onKeep={(minutes) => change({ break_after_minutes: minutes })} />
            <Minutes label="Of" value={settings.break_minutes} standing={set.organization.break_minutes} min={1} max={60} onKeep={(minutes) => change({ break_minutes: minutes })} />
          </div>
          <Switch
            label="Space severe posts otherwise than the organization does"
            checked={settings.spacing !== null}
            onChange={(event) => change({ spacing: event.currentTarget.checked ? set.organization.spacing : null })}
          />
          {settings.spacing !== null && <SpacingFields spacing={settings.spacing} onChange={(spacing) => change({ spacing })} />}
        </ActionForm>
      </fieldset>
    </Panel>
  );
}
