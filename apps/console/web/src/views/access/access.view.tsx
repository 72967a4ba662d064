import { NumberInput, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApiTokenView, CreatedToken, Role } from '@wireroom/contracts';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { useObstacle } from '../../api/session.js';
import { ActButton, ActDialog } from '../../parts/act.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Choice } from '../../parts/filters.js';
import { Icon } from '../../parts/icon.js';
import { Page, Panel, Row } from '../../parts/page.js';
import { Answer, Empty, Notice } from '../../parts/states.js';
import { Code, Mark, When } from '../../parts/words.js';
import { ROLES } from '../../text/names.js';

const TOKENS_KEY = ['tokens'];

export default function AccessView() {
  const obstacle = useObstacle('listTokens');
  const [dialog, setDialog] = useState<'create' | ApiTokenView | undefined>();
  const [created, setCreated] = useState<CreatedToken | undefined>();
  const queryClient = useQueryClient();
  const done = (): void => {
    setDialog(undefined);
    void queryClient.invalidateQueries({ queryKey: TOKENS_KEY });
  };
  return (
    <Page
      title="Access tokens"
      lead="For programs, by “Authorization: Bearer”, and to sign in with. Each has a role; its secret is shown once."
      actions={
        <ActButton route="createToken" leftSection={<Icon name="key" />} onClick={() => setDialog('create')}>
          Give out a token
        </ActButton>
      }
    >
      {created && (
        <Notice tone="warn">
          Keep this now; it is never shown again: <Code copies>{created.token}</Code>
        </Notice>
      )}
      {obstacle === undefined ? (
        <Tokens onRevoke={setDialog} />
      ) : (
        <Panel>
          <Empty title="Only an admin sees the tokens">{obstacle}</Empty>
        </Panel>
      )}
      {dialog === 'create' && (
        <CreateDialog
          onClose={() => setDialog(undefined)}
          onCreated={(token) => {
            setCreated(token);
            done();
          }}
        />
      )}
      {dialog !== undefined && dialog !== 'create' && (
        <ActDialog
          title="Revoke the token"
          isOpen
          isGrave
          onClose={() => setDialog(undefined)}
          confirm="Revoke"
          act={({ reason, requestId }) =>
            call('revokeToken', { params: { id: dialog.id }, request: { reason, requestId } })
          }
          onDone={done}
        >
          Whoever uses <b>{dialog.name}</b> is refused from then on, and sessions it opened end.
        </ActDialog>
      )}
    </Page>
  );
}

function Tokens({ onRevoke }: { onRevoke: (token: ApiTokenView) => void }) {
  const tokens = useQuery({ queryKey: TOKENS_KEY, queryFn: ({ signal }) => call('listTokens', { signal }) });
  return (
    <Panel flush>
      <Answer of={tokens} lines={5}>
        {(answer) => (
          <DataTable
            label="Access tokens"
            columns={columns(onRevoke)}
            rows={answer.tokens}
            idOf={({ id }) => id}
            empty={<Empty title="No token was given out yet" />}
          />
        )}
      </Answer>
    </Panel>
  );
}

function columns(onRevoke: (token: ApiTokenView) => void): Column<ApiTokenView>[] {
  return [
    { id: 'name', header: 'Name', leads: true, grows: true, cell: ({ name }) => <bdi>{name}</bdi> },
    { id: 'id', header: 'Id', cell: ({ id }) => <Code>{id}</Code> },
    { id: 'role', header: 'Role', cell: ({ role }) => role },
    { id: 'by', header: 'Given out by', cell: ({ createdBy }) => <bdi>{createdBy}</bdi> },
    { id: 'used', header: 'Last used', align: 'end', cell: ({ lastUsedAt }) => <When at={lastUsedAt} as="ago" /> },
    { id: 'expires', header: 'Expires', align: 'end', cell: ({ expiresAt }) => <When at={expiresAt} /> },
    {
      id: 'state',
      header: 'State',
      cell: (token) =>
        token.revokedAt === undefined ? (
          <ActButton route="revokeToken" variant="default" onClick={() => onRevoke(token)}>
            Revoke
          </ActButton>
        ) : (
          <Mark tone="plain">revoked</Mark>
        ),
    },
  ];
}

interface CreateDialogProps {
  onClose: () => void;
  onCreated: (token: CreatedToken) => void;
}

function CreateDialog({ onClose, onCreated }: CreateDialogProps) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [days, setDays] = useState<number>(90);
  return (
    <ActDialog
      title="Give out a token"
      isOpen
      onClose={onClose}
      confirm="Give out"
      reason="none"
      isReady={name.trim() !== ''}
      act={({ requestId }) =>
        call('createToken', { request: { name: name.trim(), role, expiresInDays: days, requestId } })
      }
      onDone={onCreated}
    >
      <TextInput
        label="Name"
        description="Who or what will use it."
        value={name}
        maxLength={100}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Row>
        <Choice
          label="Role"
          value={role}
          all="viewer"
          options={ROLES}
          onChange={(chosen) => setRole((chosen || 'viewer') as Role)}
        />
        <NumberInput
          label="Expires after days"
          value={days}
          min={1}
          max={3650}
          onChange={(value) => setDays(Number(value) || 90)}
        />
      </Row>
    </ActDialog>
  );
}
