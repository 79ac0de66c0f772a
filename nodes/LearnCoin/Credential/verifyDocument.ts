import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { ExplainedFailure, inWords, MissingValue } from '../../../lib/http/explained';
import { createSender } from '../../../lib/http/send';
import { forStrangers } from '../../../lib/http/strangers';
import type { Run } from '../../../lib/items/run';
import { findDocument } from '../../../lib/learncoin/issued/findDocument';
import { boundedTransport } from '../../../lib/n8n/boundedTransport';
import type * as Proof from '../../../lib/proof';
import { attempt } from '../../../lib/values/attempt';
import { isEmpty } from '../../../lib/values/texts';
import { learnCoinAccess } from '../shared/access';
import { readRequired, readRpcUrl, type DocumentSource } from './verifyFields';

/** A badge that is checked by its own proof. */
export interface DocumentRequest {
	source: DocumentSource;
	verify(): Promise<IDataObject>;
}

/** Bytes of an answer: documents of keys and lists of states are far smaller. */
const longestAnswer = 2_000_000;

/** Reads what is to be verified; files are opened only when their turn comes. */
export function documentReader(context: IExecuteFunctions, run: Run): (index: number, source: DocumentSource) => Promise<DocumentRequest> {
	const accessFor = learnCoinAccess(context, run);
	const transport = boundedTransport(context, run.clock, run.options.timeoutMs, longestAnswer);
	const send = run.sender.through(transport);
	// On their own: a stranger who is slow, or overloaded, doesn’t slow the chain and LearnCoin down.
	const strangers = createSender({ ...run.options, maxRetries: Math.min(1, run.options.maxRetries), clock: run.clock, stop: run.stop });
	const sendToStrangers = strangers.through(forStrangers(transport));
	const verifiers = new Map<string, Promise<Proof.Verify>>();

	const askFor = async (index: number): Promise<Proof.Ask | undefined> => {
		if (context.getNodeParameter('askLearnCoin', index, false) !== true) return undefined;
		const { client, history } = await accessFor(index);
		return async (document) =>
			await findDocument(client, history, document).catch((error: unknown) =>
				error instanceof ExplainedFailure ? { known: false as const, why: inWords(error) } : Promise.reject(error),
			);
	};

	/** Items with the same settings share what is looked up. */
	const verifierFor = (index: number): (() => Promise<Proof.Verify>) => {
		const required = readRequired(context.getNodeParameter('requiredSteps', index));
		const { url: rpcUrl, isLocal: mayBeLocal } = readRpcUrl(context.getNodeParameter('rpcUrl', index, ''));
		const key = JSON.stringify([required, rpcUrl]);
		return async () => {
			const made =
				verifiers.get(key) ??
				loadProof().then(({ createVerifier }) => createVerifier({ send, sendToStrangers, clock: run.clock, rpcUrl, mayBeLocal, required }));
			verifiers.set(key, made);
			return await made;
		};
	};

	return async (index, source) => {
		const read = source === 'json' ? documentOf(context, index) : fileOf(context, index);
		const verifier = verifierFor(index);
		const ask = await askFor(index);
		return {
			source,
			verify: async () => {
				const verify = await verifier();
				return toJson(await verify(async (work) => await read(await loadProof(), work), ask));
			},
		};
	};
}

/** Loaded when the first badge is verified: n8n starts, and nodes that don’t verify run, without it. */
const loadProof = async () => await import('../../../lib/proof');

type Reader = (proof: typeof Proof, work: Proof.Work) => Promise<Proof.Reading>;

function documentOf(context: IExecuteFunctions, index: number): Reader {
	const value: unknown = context.getNodeParameter('documentJson', index, '');
	if (!isEmpty(value)) return async ({ readJsonValue }, work) => await readJsonValue(value, work);
	throw new MissingValue('There is no document', 'Document: give the whole signed document, such as {{ $json.signed_credential }}.');
}

function fileOf(context: IExecuteFunctions, index: number): Reader {
	const { helpers } = context;
	const name = String(context.getNodeParameter('binaryPropertyName', index, '') as unknown);
	const { id, data } = attached(helpers, index, name);
	return async ({ readBadgeFile, longest, no, tooLarge }, work) => {
		const bytes = id === undefined ? (data.length * 3) / 4 : (await helpers.getBinaryMetadata(id)).fileSize;
		// What is too large isn't even loaded.
		return bytes > longest + 3 ? no(tooLarge) : await readBadgeFile(await helpers.getBinaryDataBuffer(index, name), work);
	};
}

function attached({ assertBinaryData }: IExecuteFunctions['helpers'], index: number, name: string) {
	const file = attempt(() => assertBinaryData(index, name));
	if (file) return file;
	throw new ExplainedFailure(`There is no file “${name.slice(0, 60)}” on this item`, {
		hint: 'Input Binary Field: enter the name under which the node before gives the file. Its output shows it under Binary; often it is “data”.',
	});
}

/** The learner first, as everywhere. */
function toJson({ recipient, outcome, valid, anchor, ...rest }: Proof.Verified): IDataObject {
	return {
		recipient_id: recipient.id,
		recipientName: recipient.name,
		outcome,
		valid,
		anchor: anchor && { ...anchor },
		...rest,
	} as unknown as IDataObject;
}
