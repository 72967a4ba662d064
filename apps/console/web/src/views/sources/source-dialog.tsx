import { Checkbox } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { SourceSpec, SourceView } from '@wireroom/contracts';
import { call } from '../../api/call.js';
import { ActButton, ActDialog } from '../../parts/act.js';
import { ChoiceText, useChoice } from '../../parts/choice-text.js';
import { Choice } from '../../parts/filters.js';
import { Failure, Loading } from '../../parts/states.js';
import { FEED_TEXTS, SOURCE_KINDS, TAKEN_FILES } from '../../text/names.js';
import { type SourceChoice, choiceOf, isOffered, specOf } from './source-choice.js';
import css from './sources.module.css';
import { TestResult } from './test-result.js';

interface SourceDialogProps {
  /** The source whose settings are changed; absent for a new one. */
  of?: SourceSpec;
  onClose: () => void;
  onDone: (source: SourceView) => void;
}

/** Declares a source or changes its settings, and shows before what it would bring. */
export function SourceDialog({ of, onClose, onDone }: SourceDialogProps) {
  const isNew = of === undefined;
  const [choice, setChoice] = useChoice(choiceOf(of));
  const test = useMutation({ mutationFn: (spec: SourceSpec) => call('testSource', { request: spec }) });
  const change = (changes: Partial<SourceChoice>): void => {
    setChoice(changes);
    // What was tested is not what is asked for any more.
    test.reset();
  };
  const isFilled = choice.name.trim() !== '' && choice.address.trim() !== '';
  return (
    <ActDialog
      title={isNew ? 'Declare a source' : `Change ${of.name}`}
      isOpen
      wide
      focus="children"
      onClose={onClose}
      confirm={isNew ? 'Declare' : 'Change'}
      isReady={isFilled}
      act={({ reason, requestId }) =>
        call('declareSource', {
          request: { ...specOf(choice), ...(isNew ? {} : { replace: true }), reason, requestId },
        })
      }
      onDone={onDone}
    >
      <Settings choice={choice} change={change} isNew={isNew} />
      <div className={css.test}>
        <ActButton
          route="testSource"
          variant="default"
          loading={test.isPending}
          notNow={isFilled ? undefined : 'Needs a name and an address.'}
          onClick={() => test.mutate(specOf(choice))}
        >
          Test
        </ActButton>
        <span>Polls it once and shows what would be taken. Nothing is stored.</span>
      </div>
      {test.isPending && <Loading lines={3} label="Testing the source" />}
      {test.error && <Failure error={test.error} />}
      {test.data && <TestResult of={test.data} />}
    </ActDialog>
  );
}

interface SettingsProps {
  choice: SourceChoice;
  change: (changes: Partial<SourceChoice>) => void;
  isNew: boolean;
}

function Settings({ choice, change, isNew }: SettingsProps) {
  const field = { choice, change };
  const seconds = { ...field, digitsOnly: true, placeholder: 'adapts' };
  return (
    <>
      <div className={css.form}>
        <ChoiceText
          {...field}
          name="name"
          label="Name"
          placeholder="harbour-news"
          isRequired
          isFixed={!isNew}
          isFirst={isNew}
        />
        <Choice
          label="Kind"
          value={choice.kind}
          options={SOURCE_KINDS}
          onChange={(kind) => change({ kind })}
          all={false}
        />
        <ChoiceText {...field} name="publisher" label="Publisher" placeholder="the name" />
      </div>
      <ChoiceText
        {...field}
        name="address"
        label="Address"
        isFirst={!isNew}
        description="On the web; for folders, archives and agencies also a path where ingest runs."
        isRequired
      />
      <div className={css.form}>
        <ChoiceText {...seconds} name="intervalSeconds" label="Poll every, seconds" />
        <ChoiceText {...seconds} name="minIntervalSeconds" label="At the shortest, seconds" />
        <ChoiceText {...seconds} name="maxIntervalSeconds" label="At the longest, seconds" />
        {isOffered('text', choice) && (
          <Choice
            label="Text from"
            value={choice.text}
            options={FEED_TEXTS}
            all="as usual: auto"
            onChange={(text) => change({ text })}
          />
        )}
        {isOffered('maxAgeDays', choice) && (
          <ChoiceText {...field} name="maxAgeDays" label="Pass over older than, days" digitsOnly />
        )}
        {isOffered('takenFiles', choice) && (
          <Choice
            label="Files that were taken"
            value={choice.takenFiles}
            options={TAKEN_FILES}
            all="as usual: move"
            onChange={(takenFiles) => change({ takenFiles })}
          />
        )}
        {isOffered('watchHours', choice) && (
          <ChoiceText {...field} name="watchHours" label="Watch pages for, hours" digitsOnly placeholder="72" />
        )}
      </div>
      {isOffered('watchPages', choice) && (
        <Checkbox
          label="Look at the items’ pages again: a changed one is an update, one that is gone a retraction"
          checked={choice.watchPages !== ''}
          onChange={(event) => change({ watchPages: event.currentTarget.checked ? 'yes' : '' })}
        />
      )}
      <ChoiceText
        {...field}
        name="ignoreRobots"
        label="Why robots.txt is not asked"
        description="When and how the publisher agreed. Left empty, robots.txt holds."
      />
    </>
  );
}
