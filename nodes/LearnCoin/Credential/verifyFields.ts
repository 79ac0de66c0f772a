import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import { isLoopback } from '../../../lib/http/hosts';
import { stepNames, type StepName } from '../../../lib/proof/verdict';
import { isEmpty } from '../../../lib/values/texts';
import { credentialIdProperty } from './credentialRequest';

export type DocumentSource = 'json' | 'file';

const byProof = { show: { source: ['json', 'file'] } };

const properties: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		options: [
			{ name: 'Credential ID', value: 'id', description: 'Asks LearnCoin about a credential of your own' },
			{ name: 'File', value: 'file', description: 'Checks the own proof of a badge in a file: JSON, JSON-LD, or baked into a PNG or SVG' },
			{ name: 'JSON', value: 'json', description: 'Checks the own proof of a badge that is there as JSON' },
		],
		default: 'id',
		description: 'What to verify. A file or JSON is checked by its own proof, whoever issued it; LearnCoin isn’t asked.',
	},
	{ ...credentialIdProperty, displayOptions: { show: { source: ['id'] } } },
	{
		displayName: 'Document',
		name: 'documentJson',
		type: 'json',
		default: '',
		required: true,
		placeholder: 'e.g. ={{ $json.signed_credential }}',
		description: 'The whole signed document, as it was issued, with its proof',
		displayOptions: { show: { source: ['json'] } },
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the input binary field that holds the badge',
		description: 'A file of JSON or JSON-LD, or a PNG or SVG with a badge baked into it by the rules of Open Badges 3.0; up to 5 MB',
		displayOptions: { show: { source: ['file'] } },
	},
	{
		displayName: 'RPC URL',
		name: 'rpcUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://mainnet.base.org',
		description:
			'A node of the blockchain on which the badge is anchored, to look its transaction up. Without it, anchor and issuer are not checked, and no badge is valid unless you require less. For test badges of LearnCoin: https://sepolia.base.org.',
		displayOptions: byProof,
	},
	{
		displayName: 'Required Steps',
		name: 'requiredSteps',
		type: 'multiOptions',
		options: [
			{ name: 'Anchor', value: 'anchor', description: 'The transaction holds the root of the proof' },
			{ name: 'Coverage', value: 'coverage', description: 'The proof covers every field, dates included' },
			{ name: 'Expiry', value: 'expiry', description: 'It counts now, by its dates' },
			{ name: 'Hash', value: 'hash', description: 'What the proof covers is unchanged' },
			{ name: 'Issuer', value: 'issuer', description: 'The issuer’s own key sent the transaction' },
			{ name: 'Path', value: 'path', description: 'The hash belongs to the root of the proof' },
			{ name: 'Status', value: 'status', description: 'It is known not to be revoked' },
		],
		default: ['hash', 'path', 'anchor', 'issuer', 'expiry'],
		description:
			'What must hold for a badge to be valid. Whatever is certain to be wrong makes it invalid all the same. Without Anchor and Issuer, anybody can make up a badge that is valid here.',
		displayOptions: byProof,
	},
	{
		displayName: 'Ask LearnCoin',
		name: 'askLearnCoin',
		type: 'boolean',
		default: false,
		description:
			'Whether to ask LearnCoin if the badge was revoked, which only LearnCoin can tell. For badges of your own: it takes your LearnCoin credential.',
		displayOptions: byProof,
	},
];

export const fields = updateDisplayOptions({ show: { operation: ['verify'] } }, properties);

export function readSource(value: unknown): 'id' | DocumentSource {
	if (value === 'id' || value === 'json' || value === 'file') return value;
	throw new ExplainedFailure(`Source is “${String(value).slice(0, 60)}”, which this node does not know`, {
		hint: 'Choose one from the list, or have the expression give id, json or file.',
	});
}

/** @throws ExplainedFailure for a step that there isn’t, and for none at all */
export function readRequired(value: unknown): StepName[] {
	const given: unknown[] = typeof value === 'string' ? value.split(',').map((step) => step.trim()) : Array.isArray(value) ? value : [];
	const known = given.filter((step): step is StepName => stepNames.includes(step as StepName));
	if (known.length > 0 && known.length === given.length) return known;
	const unknown = given.find((step) => !known.includes(step as StepName));
	throw new ExplainedFailure(
		unknown === undefined || unknown === '' ? 'No step is required' : `There is no step “${String(unknown).slice(0, 60)}”`,
		{ hint: `Required Steps: choose at least one of ${stepNames.slice(1).join(', ')}.` },
	);
}

export interface RpcUrl {
	/** undefined: no transaction is looked up. */
	url: string | undefined;
	/** On this machine, for trying out. */
	isLocal: boolean;
}

/** The message doesn’t quote it: it may hold the key to an account. @throws ExplainedFailure for what is neither https nor on this machine */
export function readRpcUrl(value: unknown): RpcUrl {
	if (isEmpty(value)) return { url: undefined, isLocal: false };
	const text = typeof value === 'string' ? value.trim() : '';
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isLocal = url !== undefined && isLoopback(url.hostname);
	if (url && (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal))) return { url: url.href, isLocal };
	throw new ExplainedFailure('The RPC URL is not an https address', {
		hint: 'Enter the address of a node of the blockchain, such as https://mainnet.base.org. Plain http is taken for this machine only (localhost).',
	});
}
