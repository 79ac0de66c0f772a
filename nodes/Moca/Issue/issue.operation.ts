import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { ExplainedFailure, inWords } from '../../../lib/http/explained';
import { itemOperation } from '../../../lib/items/nodeOperations';
import { startingWith } from '../../../lib/items/outcome';
import { checkIssuerDid, checkProgramId, checkRecipientEmail } from '../../../lib/moca/issuing/checks';
import type { IssueRequest, IssueResult } from '../../../lib/moca/issuing/client';
import { statusSoonAfterIssuing } from '../../../lib/moca/issuing/waitForOnChain';
import { locator } from '../../form/locator';
import { fillColumn, pointingTo } from '../../form/missing';
import { partnerAccess, type PartnerAccess } from '../shared/access';
import { outcomeOf } from '../shared/confirm';
import * as subject from './subject';

const properties: INodeProperties[] = [
	{
		displayName: 'Recipient Email',
		name: 'recipientEmail',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'name@email.com',
		description: 'The email of the learner’s AIR account. Moca makes the account if there is none yet.',
	},
	locator({
		displayName: 'Issuance Program',
		name: 'program',
		description:
			'What is issued. The Moca dashboard lists it under Issuer, Programs; it has to be published. It is not a verification program, nor a schema.',
		searchMethod: 'searchIssuancePrograms',
		exampleId: 'c21s70g0i54sn0023172Cv',
	}),
	...subject.fields,
	{
		displayName: 'On Duplicate',
		name: 'onDuplicate',
		type: 'options',
		options: [
			{ name: 'Keep the Existing One', value: 'ignore', description: 'Issue nothing new. Running again is harmless.' },
			{
				name: 'Revoke and Issue Again',
				value: 'revoke',
				description: 'Revoke the existing one and issue with the new data. Each run does so again.',
			},
		],
		default: 'ignore',
		description: 'What to do when the learner already has a credential of this program',
	},
	{
		displayName:
			'With this setting every execution of the workflow revokes the learner’s credential and issues another. Within one execution, Retry On Fail leaves out those who went through, and those of whom nobody knows.',
		name: 'revokeNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { onDuplicate: ['revoke'] } },
	},
	{
		displayName: 'Wait Until on-Chain',
		name: 'waitForOnChain',
		type: 'boolean',
		default: false,
		description:
			'Whether to wait until the credential is confirmed on-chain. All items wait together, so many take hardly longer than one.',
	},
	{
		displayName: 'Check Only',
		name: 'checkOnly',
		type: 'boolean',
		default: false,
		description:
			'Whether to read and check every row and send nothing. Rows that would be sent come out as ready; who has the credential already cannot be asked beforehand.',
	},
	{
		displayName: 'Issuer DID',
		name: 'issuerDid',
		type: 'string',
		default: '',
		placeholder: 'e.g. did:web:issuer.example.com',
		description: 'Leave empty to use the one of the n8n credential',
	},
];

export const fields = updateDisplayOptions({ show: { operation: ['issue'] } }, properties);

interface ReadRequest extends IssueRequest, Pick<PartnerAccess, 'client' | 'signAhead' | 'confirmations'> {
	waitForOnChain: boolean;
	checkOnly: boolean;
}

export const operation = itemOperation<ReadRequest>((context, run) => {
	const accessFor = partnerAccess(context, run);
	const readSubject = subject.subjectReader(context, run);
	return {
		read: async (index) => {
			const { client, signAhead, confirmations, issuerDid, catalog } = await accessFor(index);
			const ownDid = context.getNodeParameter('issuerDid', index, '') as string;
			const recipientEmail = pointingTo(fillColumn('Recipient Email'), () =>
				checkRecipientEmail(context.getNodeParameter('recipientEmail', index, '')),
			);
			const programId = checkProgramId(context.getNodeParameter('program', index, '', { extractValue: true }));
			const chosen = {
				recipientEmail,
				issuerDid: pointingTo('Enter it in the Moca credential, or in this node’s Issuer DID.', () =>
					checkIssuerDid(ownDid === '' ? issuerDid : ownDid),
				),
				programId,
				onDuplicate: context.getNodeParameter('onDuplicate', index) === 'revoke' ? 'revoke' : 'ignore',
			} as const;
			return {
				client,
				signAhead,
				confirmations,
				...chosen,
				subject: await readSubject(index, chosen, catalog),
				waitForOnChain: context.getNodeParameter('waitForOnChain', index) === true,
				checkOnly: context.getNodeParameter('checkOnly', index, false) === true,
			};
		},
		prepare: ({ checkOnly, recipientEmail, signAhead }) => void (!checkOnly && signAhead(recipientEmail)),
		begin: async (request) => {
			if (request.checkOnly) return { done: asReady(request) };
			const result = await request.client.issue(request);
			if (result.kind !== 'accepted') return { done: withoutHash(request, result) };
			if (!request.waitForOnChain) return { done: withHash(request, result.fields, 'issued') };
			return { waiting: () => confirmIssued(request, result) };
		},
		// The same learner twice in one input must not be issued to at the same moment: Moca might find no duplicate for either.
		keyOf: ({ recipientEmail, programId }) => `${recipientEmail.toLowerCase()} ${programId}`,
		repeatsTheWork: ({ onDuplicate, checkOnly }) => onDuplicate === 'revoke' && !checkOnly,
		whose: (index) => ({ recipientEmail: context.getNodeParameter('recipientEmail', index, '') as string }),
		messages: {
			done: (requests) => (isCheck(requests) ? 'ready' : 'issued or there already'),
			runningAgain: (requests) =>
				isCheck(requests)
					? 'Nothing was sent: Check Only is on.'
					: requests.some(({ onDuplicate }) => onDuplicate === 'revoke')
						? 'Before running again, take out the items that went through: On Duplicate is Revoke, so each run revokes and issues again.'
						: 'Running again is safe: nobody who has this credential gets a second one.',
		},
	};
});

const isCheck = (requests: readonly ReadRequest[]): boolean => requests.every(({ checkOnly }) => checkOnly);

const asReady = ({ recipientEmail, programId }: IssueRequest): IDataObject => ({
	recipientEmail,
	outcome: 'ready',
	credentialId: programId,
});

const withHash = ({ recipientEmail }: IssueRequest, fields: object, outcome: string): IDataObject =>
	startingWith(['recipientEmail', 'outcome', 'coreClaimHash'], { ...fields, recipientEmail, outcome });

const withoutHash = (
	{ recipientEmail, programId }: IssueRequest,
	{ kind, note }: Exclude<IssueResult, { kind: 'accepted' }>,
): IDataObject => ({
	recipientEmail,
	outcome: kind === 'duplicate' ? 'alreadyIssued' : 'unknown',
	credentialId: programId,
	note,
});

/** Whatever happens while waiting, the credential was issued: its hash is never given up for a status that could not be read. */
async function confirmIssued(
	request: ReadRequest,
	{ coreClaimHash, fields }: Extract<IssueResult, { kind: 'accepted' }>,
): Promise<IDataObject> {
	try {
		const ask = () => request.client.status(coreClaimHash, request.recipientEmail);
		const status = await request.confirmations.wait(() => statusSoonAfterIssuing(ask));
		return withHash(request, { ...fields, ...status?.fields }, outcomeOf(status));
	} catch (error) {
		const why = error instanceof ExplainedFailure ? inWords(error) : 'Its status could not be read.';
		return { ...withHash(request, fields, 'issued'), note: `Issued, but not confirmed. ${why}` };
	}
}
