import { Button, type ButtonProps, Modal, Textarea, Tooltip } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { newRequestId } from '../api/request-id.js';
import type { RouteName } from '../api/routes.js';
import { useObstacle } from '../api/session.js';
import css from './act.module.css';
import { Failure } from './states.js';

interface ActButtonProps extends ButtonProps {
  /** The route it calls, which says who may. */
  route: RouteName;
  onClick: () => void;
  /** Why it can't be done now, whoever asks. */
  notNow?: string;
  children: ReactNode;
}

/**
 * A button that changes something. Who may not press it sees it all the same, and reads why: it stays in reach of the
 * keyboard, so that the reason is too.
 */
export function ActButton({ route, onClick, notNow, children, ...button }: ActButtonProps) {
  const obstacle = useObstacle(route) ?? notNow;
  if (obstacle === undefined) {
    return (
      <Button {...button} onClick={onClick}>
        {children}
      </Button>
    );
  }
  return (
    <Tooltip label={obstacle}>
      <Button {...button} data-disabled aria-disabled="true" onClick={(event) => event.preventDefault()}>
        {children}
        <span className={css.hidden}> ({obstacle})</span>
      </Button>
    </Tooltip>
  );
}

interface ActDialogProps<T> {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** What will happen, in a sentence; figures of a dry run belong here. */
  children: ReactNode;
  confirm: string;
  /** Whether a reason has to be given, may be given, or is not asked for. */
  reason?: 'needed' | 'optional' | 'none';
  isGrave?: boolean;
  isReady?: boolean;
  wide?: boolean;
  /** Where the typing begins: in the reason, or in a field of the children that says so (`data-autofocus`). */
  focus?: 'reason' | 'children';
  act: (given: { reason: string; requestId: string }) => Promise<T>;
  onDone: (answer: T) => void;
}

/** Asks before something is changed. One dialog is one intent: trying again sends the same request id. */
export function ActDialog<T>(props: ActDialogProps<T>) {
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={props.title}
      size={props.wide ? 'xl' : 'md'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <ActForm {...props} />
    </Modal>
  );
}

function ActForm<T>({
  children,
  confirm,
  reason = 'needed',
  isGrave,
  isReady = true,
  focus = 'reason',
  act,
  onDone,
  onClose,
}: ActDialogProps<T>) {
  const [text, setText] = useState('');
  const [requestId] = useState(newRequestId);
  // Two clicks can come before the page is drawn anew.
  const isSent = useRef(false);
  const mutation = useMutation({
    mutationFn: () => act({ reason: text.trim(), requestId }),
    onError: () => {
      isSent.current = false;
    },
  });
  const isReasonGiven = reason !== 'needed' || text.trim().length >= 3;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isReasonGiven || !isReady || isSent.current) return;
    isSent.current = true;
    // Not called for whoever has gone to another view by the time of the answer, and would be fetched back.
    mutation.mutate(undefined, { onSuccess: onDone });
  };
  return (
    <form className={css.form} onSubmit={submit}>
      <div className={css.words}>{children}</div>
      {reason !== 'none' && (
        <Textarea
          label={reason === 'needed' ? 'Reason' : 'Reason (optional)'}
          description="Kept in the audit with your name."
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={500}
          autosize
          minRows={2}
          data-autofocus={focus === 'reason' || undefined}
        />
      )}
      {mutation.error && <Failure error={mutation.error} />}
      <div className={css.foot}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          type="submit"
          color={isGrave ? 'red' : undefined}
          disabled={!isReasonGiven || !isReady}
          loading={mutation.isPending}
        >
          {confirm}
        </Button>
      </div>
    </form>
  );
}
